import type { DataFamily } from "../image-tools.ts";
import { AMAZON_IMAGES } from "./amazon-family.ts";
import { SDXL } from "./sdxl.ts";
import { STABILITY_GENERATORS } from "./stability-generators.ts";
import { stabilityFamily } from "./stability-service.ts";
import { STABILITY_SERVICES } from "./stability-services.ts";

/** Every family of models that paints. */
export const IMAGE_FAMILIES: readonly DataFamily[] = [
  ...AMAZON_IMAGES,
  ...STABILITY_GENERATORS,
  ...STABILITY_SERVICES.map(stabilityFamily),
  SDXL,
];
