import type { MessageContent } from "@langchain/core/messages";
import { fromData, isData, type Part } from "./media.ts";

/** What a request may hold in the place of `content`. */
export type Content = string | Part[];

/**
 * A message's content in OpenAI's words. Parts may be OpenAI's own, LangChain's files of version 0 and 1, or other
 * providers': what is none of them goes as it is, and the core says what it makes of it.
 */
export const toContent = (content: MessageContent): Content =>
  typeof content === "string" ? content : (content as Part[]).map(toPart);

export function toPart(part: Part): Part {
  if (part.type === "non_standard") return (part["value"] ?? part) as Part;
  const told =
    part.type === "text" ? { type: "text", text: part["text"] } : isData(part) ? fromData(part) : part;
  return { ...told, ...cacheMarks(part) };
}

/** What marks a place to cache the prompt up to; version 1 keeps what is a provider's own in `extras`. */
function cacheMarks(part: Part): Part {
  const marks = { ...(part["extras"] as Part | undefined), ...part };
  return {
    ...(marks["cache_control"] != null && { cache_control: marks["cache_control"] }),
    ...(marks["prompt_cache_breakpoint"] != null && {
      prompt_cache_breakpoint: marks["prompt_cache_breakpoint"],
    }),
  };
}
