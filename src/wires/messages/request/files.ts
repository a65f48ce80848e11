import type {
  ContentBlock as Block,
  DocumentBlock,
  ImageBlock,
  ToolResultBlock,
} from "../../../anthropic/blocks.ts";
import type { MessageParam } from "../../../anthropic/request.ts";
import type { ContentBlock } from "../../../conversation/types.ts";
import { invalidRequest } from "../../../errors.ts";
import { isHttp } from "../../../reception/files.ts";
import { decodeFile } from "../../request/content.ts";
import type { Decoding } from "../../request/decoding.ts";

type FileBlock = ImageBlock | DocumentBlock;
type ResultPart = Exclude<NonNullable<ToolResultBlock["content"]>, string>[number];

/** The http(s) URLs of all blocks, each with the first place that it stands in. */
export function mediaUrls(messages: readonly MessageParam[]): Map<string, string> {
  const urls = new Map<string, string>();
  const visit = (block: Block | ResultPart, at: string): void => {
    if (block.type === "tool_result" && Array.isArray(block.content)) visitAll(block.content, at);
    if (block.type !== "image" && block.type !== "document") return;
    const { source } = block;
    if (source.type === "content" && typeof source.content !== "string")
      visitAll(source.content, `${at}.source`);
    if (source.type === "url" && isHttp(source.url) && !urls.has(source.url))
      urls.set(source.url, `${at}.source.url`);
  };
  const visitAll = (blocks: readonly (Block | ResultPart)[], at: string): void => {
    for (const [index, block] of blocks.entries()) visit(block, `${at}.content.${index}`);
  };
  for (const [index, { content }] of messages.entries())
    if (typeof content !== "string") visitAll(content, `messages.${index}`);
  return urls;
}

/**
 * An image or a document. One that is written in blocks keeps them where they are to be cited, and is otherwise their text.
 * @throws BedrockOpenAIError 400 for a file that lies elsewhere.
 */
export function decodeFileBlock(block: FileBlock, at: string, decoding: Decoding): ContentBlock[] {
  const { source } = block;
  if (source.type === "file")
    throw invalidRequest(
      `${at}.source.file_id: no files are stored here; send the file as base64, or its URL.`,
      { param: `${at}.source.file_id` },
    );
  if (block.type === "image" || source.type !== "content")
    return [decodeFile({ ...block, source } as Parameters<typeof decodeFile>[0], at, decoding)];

  const parts = typeof source.content === "string" ? [source.content] : source.content;
  const texts = parts.flatMap((part) =>
    typeof part === "string" ? [part] : part.type === "text" ? [part.text] : [],
  );
  const images = parts.flatMap((part, index) =>
    typeof part !== "string" && part.type === "image"
      ? decodeFileBlock(part, `${at}.source.content.${index}`, decoding)
      : [],
  );
  if (images.length > 0)
    decoding.noteOnce(`${at}.source.content`, "emulated", "Images in a document are sent after it.");
  return [decodeWritten(block, texts, at, decoding), ...images];
}

function decodeWritten(
  block: DocumentBlock,
  texts: readonly string[],
  at: string,
  decoding: Decoding,
): ContentBlock {
  const source = { type: "text", data: texts.join("\n\n") };
  const whole = decodeFile({ ...block, source } as Parameters<typeof decodeFile>[0], at, decoding);
  if (!block.citations?.enabled || !whole.document) return whole;
  const { format: _, ...document } = whole.document;
  return { document: { ...document, source: { content: texts.map((text) => ({ text })) } } };
}
