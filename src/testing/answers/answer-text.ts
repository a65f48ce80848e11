import type { Citation, ContentBlock, DocumentBlock } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import { documentBlocks } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { lastUserBlocks } from "./prompt.ts";
import { toolUseId } from "./tool-use-id.ts";

const GROUNDING = "nova_grounding";
const QUOTED_CHARACTERS = 40;

/** The blocks that say a text: plain, after a search of the web, or with the documents it was taken from. */
export function answerText(text: string, request: ConverseRequest, model: Model): ContentBlock[] {
  if (text === "") return [];
  const grounded = request.toolConfig?.tools.some(({ systemTool }) => systemTool?.name === GROUNDING);
  if (grounded) return [search(request, model), { text }, { citationsContent: { citations: [WEB_PAGE] } }];
  const citations = documentCitations(request);
  return [citations.length > 0 ? { citationsContent: { content: [{ text }], citations } } : { text }];
}

const WEB_PAGE: Citation = {
  title: "Example",
  location: { web: { url: "https://example.com/emulated", domain: "example.com" } },
};

/** AWS runs the search; nobody is asked for its result. */
function search(request: ConverseRequest, { baseId }: Model): ContentBlock {
  const id = toolUseId(JSON.stringify(request.messages), 0, baseId);
  return {
    toolUse: { toolUseId: id, name: GROUNDING, input: { query: "emulated" }, type: "server_tool_use" },
  };
}

function documentCitations(request: ConverseRequest): Citation[] {
  return documentBlocks(lastUserBlocks(request)).flatMap((document, documentIndex) =>
    document.citations?.enabled ? citationOf(document, documentIndex) : [],
  );
}

function citationOf(document: DocumentBlock, documentIndex: number): Citation {
  const quote = textOf(document).slice(0, QUOTED_CHARACTERS);
  return {
    title: document.name,
    ...(quote !== "" && { sourceContent: [{ text: quote }] }),
    location: { documentChar: { documentIndex, start: 0, end: quote.length } },
  };
}

/** The text of a document that is text; of a PDF, nothing. */
function textOf({ format = "txt", source }: DocumentBlock): string {
  if (source.content) return source.content.map(({ text }) => text).join("");
  const readable = ["txt", "md", "csv", "html"].includes(format) ? (source.bytes ?? "") : "";
  return source.text ?? Buffer.from(readable, "base64").toString();
}
