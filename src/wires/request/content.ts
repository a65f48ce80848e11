import type { ContentBlock, GuardContent, ToolResultBlock } from "../../conversation/types.ts";
import type { ToolMessage, UserMessage } from "../../openai/chat-messages.ts";
import type { FilePart, ToolPart, UserPart } from "../../openai/chat-parts.ts";
import { withCachePoint } from "./cache-marks.ts";
import type { Decoding } from "./decoding.ts";
import { decodeMedia, isFilePart } from "./media-parts.ts";

/**
 * A user's text and parts as content blocks, in order, each with the cache point it asks for.
 * @param parts Where the parts stand: `messages[0].content`.
 */
export function decodeUserContent(
  content: UserMessage["content"],
  parts: string,
  decoding: Decoding,
): ContentBlock[] {
  if (typeof content === "string") return [{ text: content }];
  return content.flatMap((part, index) =>
    // Results are messages of their own.
    part.type === "tool_result"
      ? []
      : withCachePoint([decodePart(part, `${parts}[${index}]`, decoding)], part, decoding),
  );
}

function decodePart(
  part: Exclude<UserPart, { type: "tool_result" }>,
  param: string,
  decoding: Decoding,
): ContentBlock {
  if (isFilePart(part)) return decodeFile(part, param, decoding);
  return part.type === "text" ? { text: part.text } : { guardContent: guarded(part.type, part.text) };
}

/** LiteLLM's part types → the guardrail's qualifiers. Text that is guarded for itself has none. */
export function guarded(type: "guarded_text" | "grounding_source" | "query", text: string): GuardContent {
  return { text: { text, ...(type !== "guarded_text" && { qualifiers: [type] }) } };
}

/** What a tool returned; cache points stand after a result, never inside it. */
export function decodeToolContent(
  content: ToolMessage["content"],
  parts: string,
  decoding: Decoding,
): ToolResultBlock[] {
  if (typeof content === "string") return [{ text: content }];
  return (content ?? []).map((part: ToolPart, index) =>
    isFilePart(part)
      ? (decodeFile(part, `${parts}[${index}]`, decoding) as ToolResultBlock)
      : { text: part.text },
  );
}

export function decodeFile(part: FilePart, at: string, decoding: Decoding): ContentBlock {
  const { block, sentAs, param } = decodeMedia(part, at, decoding.media);
  if (sentAs) decoding.note(param, "emulated", `The file is sent as ${sentAs}.`);
  const detail =
    part.type === "image_url" && typeof part.image_url === "object" ? part.image_url.detail : null;
  if (detail === "low" || detail === "high")
    decoding.noteOnce(`${at}.image_url.detail`, "dropped", "Bedrock's models see every image in one way.");
  const placed = block.document ? { document: { ...block.document, ...asked(part) } } : block;
  decoding.places.set(placed, at);
  return placed;
}

/** Whether a document is to be cited, and what is to be known about it. */
function asked(part: FilePart): object {
  if (part.type !== "file" && part.type !== "document") return {};
  const context = part.type === "document" ? part.context : undefined;
  return {
    ...(part.citations?.enabled && { citations: { enabled: true } }),
    ...(context && { context }),
  };
}
