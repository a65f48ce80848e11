import type { ContentBlock, Conversation, DocumentBlock, ToolResultBlock } from "../../conversation/types.ts";
import { type Attachments, withFiles } from "../../http/attachments.ts";

const TEXTS: ReadonlySet<string> = new Set(["txt", "md", "csv", "html"]);

/** Documents that are text as text: native bodies have no words for text in base64. */
export function withTextDocuments(conversation: Conversation, attachments: Attachments): Conversation {
  const read = <Block extends ContentBlock | ToolResultBlock>(block: Block): Block =>
    block.document ? { ...block, document: asText(block.document, attachments) } : block;
  return {
    ...conversation,
    messages: conversation.messages.map(({ role, content }) => ({
      role,
      content: content.map((block) =>
        block.toolResult
          ? {
              toolResult: {
                ...block.toolResult,
                content: block.toolResult.content.map((part) => read(part)),
              },
            }
          : read(block),
      ),
    })),
  };
}

function asText(document: DocumentBlock, attachments: Attachments): DocumentBlock {
  const { bytes, ...source } = document.source;
  if (bytes === undefined || !TEXTS.has(document.format ?? "")) return document;
  const base64 = withFiles(bytes, attachments)
    .map((piece) => (typeof piece === "string" ? piece : Buffer.from(piece).toString("latin1")))
    .join("");
  return { ...document, source: { ...source, text: Buffer.from(base64, "base64").toString("utf8") } };
}
