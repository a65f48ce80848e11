import type { EmbeddingFamily } from "./family.ts";
import { COHERE_V3 } from "./families/cohere-v3.ts";
import { COHERE_V4 } from "./families/cohere-v4.ts";
import { MARENGO_2 } from "./families/marengo-2.ts";
import { MARENGO_3 } from "./families/marengo-3.ts";
import { NOVA_MULTIMODAL } from "./families/nova-multimodal.ts";
import { TITAN_MULTIMODAL } from "./families/titan-multimodal.ts";
import { TITAN_TEXT_V1 } from "./families/titan-text-v1.ts";
import { TITAN_TEXT_V2 } from "./families/titan-text-v2.ts";

/** Every embedding family of Bedrock's; the first whose pattern matches serves a model. */
const FAMILIES: readonly EmbeddingFamily[] = [
  TITAN_TEXT_V1,
  TITAN_TEXT_V2,
  TITAN_MULTIMODAL,
  COHERE_V3,
  COHERE_V4,
  NOVA_MULTIMODAL,
  MARENGO_2,
  MARENGO_3,
];

export const embeddingFamilyOf = (family: string): EmbeddingFamily | undefined =>
  FAMILIES.find(({ models }) => models.test(family));
