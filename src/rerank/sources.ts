import type { JsonObject } from "../conversation/types.ts";
import { invalidRequest } from "../errors.ts";
import type { RerankRequest } from "../openai/rerank-request.ts";
import type { Notes } from "../reception/notes.ts";

/** What of a document is ranked: a text, or the members of an object that has none. */
export type Source = string | JsonObject;

/** Bedrock refuses an empty document, and with it all others. */
const BLANK = ".";

/**
 * Documents as they are ranked. Of an object that is what `rank_fields` names, else its `text`, as Cohere and Jina have it,
 * else all of it.
 * @throws BedrockOpenAIError 400 for an object that holds nothing but an image.
 */
export const toSources = (
  { documents, rank_fields: fields }: Pick<RerankRequest, "documents" | "rank_fields">,
  notes: Notes,
): Source[] =>
  documents.map((document, index) => {
    const at = `documents[${index}]`;
    const source = typeof document === "string" ? document : ranked(document, fields ?? [], at);
    if (!isBlank(source)) return source;
    notes.note(at, "emulated", "Bedrock ranks no blank document; a full stop was ranked instead.");
    return BLANK;
  });

function ranked(document: JsonObject, fields: readonly string[], at: string): Source {
  const { text } = document;
  if (fields.length === 0 && typeof text === "string") return text;
  const names = fields.length > 0 ? fields : Object.keys(document);
  const members = names.flatMap((name) =>
    Object.hasOwn(document, name) && document[name] != null ? [[name, document[name]] as const] : [],
  );
  refuseImage(members, at);
  const [[name, only] = [], ...others] = members;
  return name === "text" && typeof only === "string" && others.length === 0
    ? only
    : Object.fromEntries(members);
}

/** Jina's multimodal models rank images; base64 ranked as words would mean nothing. */
function refuseImage(members: readonly (readonly [string, unknown])[], at: string): void {
  const [[name] = [], ...others] = members;
  if (name !== "image" || others.length > 0) return;
  throw invalidRequest(`Invalid '${at}': Bedrock's models rank text, not images.`, {
    code: "unsupported_value",
    param: at,
  });
}

const isBlank = (source: Source): boolean =>
  typeof source === "string" ? source.trim() === "" : Object.keys(source).length === 0;

/** An object as text: a line for each member, in their order. Source: Cohere's guide to ranking semi-structured data. */
export const textOf = (source: Source): string =>
  typeof source === "string"
    ? source
    : Object.entries(source)
        .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
        .join("\n");
