import type { ImageFamily } from "./family.ts";
import { AMAZON } from "./families/amazon.ts";
import { SDXL } from "./families/sdxl.ts";
import { STABILITY_SERVICES } from "./families/stability-services.ts";
import { STABLE_IMAGE } from "./families/stable-image.ts";

/** Every image family of Bedrock's. */
const FAMILIES: readonly ImageFamily[] = [AMAZON, STABILITY_SERVICES, STABLE_IMAGE, SDXL];

export const imageFamilyOf = (family: string): ImageFamily | undefined =>
  FAMILIES.find(({ models }) => models.test(family));
