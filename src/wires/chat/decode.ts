import { withNamedCachePoints } from "./request/cache-policy.ts";
import { speaksOfFunctions, withToolIds, withTools } from "./request/legacy-functions.ts";
import { nativeFields, noteUnmapped, refuseUnsupported } from "./request/unmapped.ts";
import { continued } from "./request/user-continue.ts";
import type { ReplyForm } from "./reply/form.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import type { FetchedMedia } from "../../reception/files.ts";
import type { Decoded } from "../decoded.ts";
import { type Told, untangled } from "../request/anthropic-parts.ts";
import { assemble } from "../request/assemble.ts";
import { defaultTtl } from "../request/auto-cache.ts";
import { customToolNames } from "../request/custom-tools.ts";
import { createDecoding } from "../request/decoding.ts";
import { decodeFormat } from "../request/format.ts";
import { decodeMessages } from "../request/messages.ts";
import { asksForExtras } from "../request/parameters.ts";
import { decodeTools } from "../request/tools.ts";

/** The messages in OpenAI's present form, whichever form they came in. */
export const retold = ({ messages }: ChatRequest): Told[] => withToolIds(untangled(messages));

export interface DecodeOptions {
  /** What `retold` made of the messages. */
  told?: readonly Told[];
  /** What was downloaded, by URL. */
  media?: FetchedMedia;
  /** Whether to cache what no part asks for. */
  promptCache?: "auto" | "explicit";
}

/**
 * A chat request as a conversation, before any model's wishes are known, and the form its answer takes.
 * @throws BedrockOpenAIError 400 naming the message or parameter that cannot be sent.
 */
export function decode(
  asked: ChatRequest,
  { told = retold(asked), media = new Map(), promptCache = "explicit" }: DecodeOptions = {},
): Omit<Decoded, "attachments"> & { form: ReplyForm } {
  refuseUnsupported(asked);
  const request = withTools(asked);
  const decoding = createDecoding(media, defaultTtl(request));
  noteUnmapped(request, decoding);
  const decoded = assemble(
    request,
    {
      ...decodeMessages(continued(told, request, decoding), decoding),
      ...decodeFormat(request),
      formatParam: "response_format",
      toolConfig: decodeTools(request, decoding),
      maxTokens: request.max_completion_tokens ?? request.max_tokens,
      oneCall: wantsOneCall(request),
      foreign: nativeFields(request),
      mark: (conversation) => withNamedCachePoints(conversation, request),
      promptCache,
      lastWords: request.stream_options?.include_usage === true || asksForExtras(request),
    },
    decoding,
  );
  return {
    ...decoded,
    // Nobody asked for one call at a time who knows of nothing else.
    quiet: new Set(speaksOfFunctions(asked) ? ["parallel_tool_calls"] : []),
    form: {
      functions: speaksOfFunctions(asked),
      customTools: customToolNames(request),
      reasoning: asked.reasoning?.exclude !== true,
      extras: asksForExtras(request),
    },
  };
}

/** OpenAI's parameter, or Anthropic's within its tool choice. */
const wantsOneCall = ({ parallel_tool_calls: parallel, tool_choice: choice }: ChatRequest): boolean =>
  parallel === false ||
  (typeof choice === "object" &&
    (choice as { disable_parallel_tool_use?: unknown } | null)?.disable_parallel_tool_use === true);
