import { expect, it } from "vitest";
import { verdictOf } from "../invoke/call.ts";
import type { Body } from "../support.ts";
import { flat, halfMask } from "./pictures.ts";

/** Bodies for Titan Image and Nova Canvas, and what is said of them. */

export const TITAN = "amazon.titan-image-generator-v2:0";
export const TITAN_V1 = "amazon.titan-image-generator-v1";
export const CANVAS = "amazon.nova-canvas-v1:0";

export type Row = [danger: string, model: string, body: Body, expected: string];

export const judge = (rows: Row[]) =>
  it.each(rows)("%s (%s)", async (_, model, body, expected) => {
    expect(await verdictOf(model, body)).toBe(expected);
  });

export const paints = (
  textToImageParams: object = { text: "a fox" },
  imageGenerationConfig: object = {},
): Body => ({
  taskType: "TEXT_IMAGE",
  textToImageParams,
  imageGenerationConfig,
});
export const sized = (width: number, height: number) => paints({ text: "a fox" }, { width, height });

export const image = flat(320, 320, 9, 9, 9);
const mask = halfMask(320, 320);
export const inpaints = (params: object, config: object = {}): Body => ({
  taskType: "INPAINTING",
  inPaintingParams: { image, maskImage: mask, text: "a fox", ...params },
  imageGenerationConfig: config,
});
export const outpaints = (params: object): Body => ({
  taskType: "OUTPAINTING",
  outPaintingParams: { image, maskImage: mask, text: "a fox", ...params },
});
export const removes = (params: object, more: object = {}): Body => ({
  taskType: "BACKGROUND_REMOVAL",
  backgroundRemovalParams: params,
  ...more,
});
export const varies = (params: object): Body => ({
  taskType: "IMAGE_VARIATION",
  imageVariationParams: params,
});
export const guided = (params: object): Body => ({
  taskType: "COLOR_GUIDED_GENERATION",
  colorGuidedGenerationParams: { text: "a fox", colors: ["#FF9800"], ...params },
});
export const triesOn = (params: object): Body => ({
  taskType: "VIRTUAL_TRY_ON",
  virtualTryOnParams: { sourceImage: image, referenceImage: image, ...params },
});
export const garment = { maskType: "GARMENT", garmentBasedMask: { garmentClass: "UPPER_BODY" } };

export const invalid = (what: string, given: string, why = "") =>
  `400 400 Bad Request: Value of ${what} is not valid. Given: ${given}.${why && ` ${why}`}`;
