import type { JsonObject } from "../conversation/types.ts";
import { type RerankRequest, rerankRequestShape } from "../openai/rerank-request.ts";
import type { Notes } from "../reception/notes.ts";
import { ownParameters } from "../reception/own-parameters.ts";
import type { RerankFamily } from "./family.ts";
import { type Source, toSources } from "./sources.ts";

/** What is to be ranked, whichever API does it. */
export interface Ranking {
  query: string;
  sources: readonly Source[];
  /** Results that are wanted, never more than there are sources. */
  wanted: number;
  /** The family's own parameters, by their AWS names, as the caller gave them. */
  own: JsonObject;
}

/** What every family knows; the others' bounds on documents are noted where a family has none. */
const KNOWN = rerankRequestShape.omit({ max_tokens_per_doc: true, max_chunks_per_doc: true }).shape;

/** @throws BedrockOpenAIError 400 for a document that cannot be ranked. */
export function toRanking(request: RerankRequest, family: RerankFamily, notes: Notes): Ranking {
  const { query, documents, top_n: top } = request;
  return {
    query: typeof query === "string" ? query : query.text,
    sources: toSources(request, notes),
    wanted: Math.min(top ?? documents.length, documents.length),
    own: ownParameters(request, KNOWN, family.parameters, notes),
  };
}
