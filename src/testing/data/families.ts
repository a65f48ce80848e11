import type { DataFamily } from "./data-family.ts";
import { EMBEDDING_FAMILIES } from "./embeddings/families.ts";
import { IMAGE_FAMILIES } from "./images/image-families.ts";
import { AMAZON_RERANK, COHERE_RERANK } from "../rerank/families.ts";

/** Every family that InvokeModel serves and that does not converse. */
export const DATA_FAMILIES: readonly DataFamily[] = [
  ...EMBEDDING_FAMILIES,
  ...IMAGE_FAMILIES,
  AMAZON_RERANK,
  COHERE_RERANK,
];
