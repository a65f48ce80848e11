import * as z from "../schema/z.ts";
import { awsParameters } from "./aws-parameters.ts";
import { jsonObject } from "./cache-marks.ts";
import { listOf } from "./list-of.ts";
import { MAX_INT } from "./common-parameters.ts";
import { meantBy } from "./token-ids.ts";

/** As many as Bedrock ranks at a time. */
const MAX_DOCUMENTS = 1000;

const filled = z.string().regex(/\S/, "expected a text that is not blank");

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** Jina's multimodal models take a query as an object too. */
const query = meantBy<string | { text: string }>((value) =>
  isObject(value) ? z.looseObject({ text: filled }) : filled,
);

const document = meantBy<string | Record<string, unknown>>((value) =>
  isObject(value) ? jsonObject : z.string(),
);

/**
 * The request of `POST /rerank` as Cohere (v1 and v2) and Jina define it; OpenAI has none. `null` means "not given".
 * Source: Cohere's and Jina's API references.
 */
export const rerankRequestShape = z.object({
  model: z.string().min(1),
  query,
  documents: listOf(document, 1, MAX_DOCUMENTS),
  top_n: z.int().min(1).max(MAX_INT).nullish(),
  return_documents: z.boolean().nullish(),
  // Cohere v1: the members of objects that count, the weightiest first.
  rank_fields: listOf(z.string().min(1), 0, MAX_DOCUMENTS).nullish(),
  max_tokens_per_doc: z.int().min(1).max(MAX_INT).nullish(),
  max_chunks_per_doc: z.int().min(1).max(MAX_INT).nullish(),
  ...awsParameters,
});

export const rerankRequest = rerankRequestShape.loose();

export type RerankRequest = z.output<typeof rerankRequestShape>;
