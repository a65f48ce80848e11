import type { JsonObject } from "../conversation/types.ts";

/** A family of models that rank documents. */
export interface RerankFamily {
  name: string;
  /** The base ids it serves. */
  models: RegExp;
  /** Parameters of its own that a caller may set, by their AWS names. */
  parameters: readonly string[];
  /** What InvokeModel's body says beside query, documents and `top_n`. */
  body: JsonObject;
}

/** Source: AWS's guide to Rerank; the bodies as AWS's samples and other gateways send them. */
const FAMILIES: readonly RerankFamily[] = [
  { name: "Amazon Rerank", models: /^amazon\.rerank/, parameters: [], body: {} },
  {
    name: "Cohere Rerank",
    models: /^cohere\.rerank/,
    parameters: ["max_tokens_per_doc"],
    body: { api_version: 2 },
  },
];

export const rerankFamilyOf = (family: string): RerankFamily | undefined =>
  FAMILIES.find(({ models }) => models.test(family));
