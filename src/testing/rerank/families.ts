import { integer } from "../invoke/body-shape.ts";
import { rerankFamily } from "./native-rerank.ts";

/** Amazon Rerank 1.0. Its documents cannot be cut. */
export const AMAZON_RERANK = rerankFamily({ name: "Amazon Rerank", models: /^amazon\.rerank/ });

/** Cohere Rerank 3.5, which has to be told that it is spoken to in Cohere's second version. */
export const COHERE_RERANK = rerankFamily(
  { name: "Cohere Rerank", models: /^cohere\.rerank/ },
  { api_version: integer({ min: 2 }) },
  { max_tokens_per_doc: integer({ min: 1 }) },
);
