import type { DocumentBlock } from "../../conversation/types.ts";
import { documentBlocks, placedBlocks } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { firstDuplicate, firstOf } from "./rule.ts";
import type { Rule } from "./rule.ts";

const MAX_DOCUMENTS = 5;
const MAX_BYTES = 4.5 * 1024 * 1024;
const NAME = /^(?!.*\s\s)[a-zA-Z0-9\s\-()[\]]+$/;

export const DOCUMENT_RULES: readonly Rule[] = [
  {
    name: "at most 5 documents",
    check: (request) => {
      const count = allDocuments(request).length;
      return count > MAX_DOCUMENTS
        ? `The number of documents in the request, ${count}, exceeds the maximum of ${MAX_DOCUMENTS}. Remove documents and retry your request.`
        : undefined;
    },
  },
  {
    name: "a text block stands beside a document",
    check: ({ messages = [] }) =>
      messages.some(
        ({ content }) => content.some(({ document }) => document) && !content.some(({ text }) => text),
      )
        ? "A text block must be included when using documents. Add a text block and retry your request."
        : undefined,
  },
  {
    name: "document names are plain",
    check: (request) =>
      allDocuments(request).every(({ name }) => NAME.test(name))
        ? undefined
        : "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, " +
          "and square brackets. The name can't contain more than one consecutive whitespace character. Check that the " +
          "file name conforms to these restrictions and retry your request.",
  },
  {
    name: "document names are unique",
    check: (request) =>
      firstDuplicate(allDocuments(request), ({ name }) => name)
        ? "Messages can't contain duplicate document names. Rename the document and retry your request."
        : undefined,
  },
  {
    name: "a document is within its size, and in bytes unless it is cited",
    check: (request) =>
      firstOf(placedBlocks(request), ({ block, at }) => {
        return block.document && sourceProblem(block.document, `${at}.document.source`);
      }),
  },
];

function allDocuments(request: ConverseRequest): DocumentBlock[] {
  return documentBlocks(placedBlocks(request).map(({ block }) => block));
}

function sourceProblem({ source, citations }: DocumentBlock, at: string): string | undefined {
  if (source.bytes !== undefined && (source.bytes.length * 3) / 4 > MAX_BYTES) {
    return `The document at ${at} exceeds the maximum size of 4.5 MB. Reduce the document and retry your request.`;
  }
  const inline = source.text !== undefined || source.content !== undefined;
  return inline && !citations
    ? `DocumentSource object at ${at} must set one of the following keys: bytes, s3Location.`
    : undefined;
}
