import { validationError } from "../aws-error.ts";
import type { RerankDocument, RerankRequest } from "./request.ts";

/** What the query says. */
export function queryText({ queries }: RerankRequest): string {
  const { text } = queries[0].textQuery;
  if (text === undefined) throw validationError("The text of queries.0.textQuery must be provided.");
  return text;
}

/** What each source says: of JSON, all its strings. */
export function documentTexts({ sources }: RerankRequest): string[] {
  return sources.map(({ inlineDocumentSource }, index) =>
    documentText(inlineDocumentSource, `sources.${index}.inlineDocumentSource`),
  );
}

/** The member that a document must have, and the only one that it may have. */
function documentText({ type, textDocument, jsonDocument }: RerankDocument, at: string): string {
  const wanted = type === "TEXT" ? "textDocument" : "jsonDocument";
  const given = { textDocument: textDocument?.text, jsonDocument };
  const other = type === "TEXT" ? given.jsonDocument : textDocument;
  if (given[wanted] === undefined || other !== undefined) {
    throw validationError(`The document at ${at} is of type ${type} and must set ${wanted} alone.`);
  }
  return strings(given[wanted]).join("\n");
}

function strings(json: unknown): string[] {
  if (typeof json === "string") return [json];
  if (typeof json !== "object" || json === null) return [];
  return Object.values(json).flatMap(strings);
}
