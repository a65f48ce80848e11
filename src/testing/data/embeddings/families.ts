import type { DataFamily } from "../data-family.ts";
import { COHERE_EMBED_V3 } from "./cohere-v3.ts";
import { COHERE_EMBED_V4 } from "./cohere-v4.ts";
import { MARENGO_2 } from "./marengo-2.ts";
import { MARENGO_3 } from "./marengo-3.ts";
import { NOVA_EMBED } from "./nova.ts";
import { TITAN_EMBED_IMAGE } from "./titan-image.ts";
import { TITAN_EMBED_V1 } from "./titan-text-v1.ts";
import { TITAN_EMBED_V2 } from "./titan-text-v2.ts";

/** Every family that gives vectors. */
export const EMBEDDING_FAMILIES: readonly DataFamily[] = [
  TITAN_EMBED_V1,
  TITAN_EMBED_V2,
  TITAN_EMBED_IMAGE,
  COHERE_EMBED_V3,
  COHERE_EMBED_V4,
  NOVA_EMBED,
  MARENGO_2,
  MARENGO_3,
];
