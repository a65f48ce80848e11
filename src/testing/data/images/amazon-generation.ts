import {
  averageOf,
  colourNamedIn,
  list,
  malformed,
  number,
  object,
  oneOf,
  string,
  text,
} from "../image-tools.ts";
import type { Rgb } from "../image-tools.ts";
import { paint } from "./paint.ts";
import { readSourceImage } from "./source-image.ts";
import type { AmazonModel } from "./amazon-model.ts";
import type { PlacedImage, Task } from "./amazon-task.ts";

/** Tasks that paint a picture of the size asked for. */

const HEX = /^#[0-9A-Fa-f]{6}$/;

export const prompts = ({ longestText: max }: AmazonModel) => ({
  text: string({ min: 1, max }),
  negativeText: string({ min: 1, max }),
});

export const textImage: Task = {
  params: "textToImageParams",
  config: "sized",
  shape: (model) => {
    const { text: prompt, negativeText } = prompts(model);
    return object({ text: prompt }, { negativeText, ...conditionOf(model) });
  },
  images: ({ conditionImage }) => placed("conditionImage", conditionImage),
  paint: ({ size, from, prompt }) => paint({ ...size, from, prompt }),
};

export const colorGuidedGeneration: Task = {
  params: "colorGuidedGenerationParams",
  config: "sized",
  shape: (model) => {
    const { text: prompt, negativeText } = prompts(model);
    return object(
      { text: prompt, colors: list(text, { min: 1, max: 10 }) },
      { negativeText, referenceImage: text },
    );
  },
  images: ({ referenceImage }) => placed("referenceImage", referenceImage),
  check: ({ colors }) => {
    const wrong = (colors as string[]).findIndex((color) => !HEX.test(color));
    if (wrong < 0) return undefined;
    const given = (colors as string[])[wrong];
    return malformed(
      `#/colorGuidedGenerationParams/colors/${wrong}: string [${given}] does not match pattern ${HEX.source}`,
    );
  },
  paint: ({ size, from, params }) =>
    paint({ ...size, from, colours: (params["colors"] as string[]).map(rgbOf) }),
};

/** Another picture in the colour of the first, unless the prompt names one. */
export const imageVariation: Task = {
  params: "imageVariationParams",
  config: "sized",
  shape: (model) =>
    object(
      { images: list(text, { min: 1, max: 5 }) },
      { ...prompts(model), similarityStrength: number({ min: 0.2, max: 1 }) },
    ),
  images: ({ images }) => (images as string[]).flatMap((image, index) => placed(`images/${index}`, image)),
  paint: ({ size, from, params, prompt }) => {
    const [image] = params["images"] as string[];
    const source = readSourceImage(image)?.picture;
    const own = source && !colourNamedIn(prompt) ? [averageOf(source).colour] : undefined;
    return paint({ ...size, from, prompt, colours: own });
  },
};

/** An image at its place, and of a mask whose it is; nothing where there is none. */
export function placed(at: string, base64: unknown, maskOf?: unknown): PlacedImage[] {
  if (typeof base64 !== "string") return [];
  return [{ at, base64, ...(maskOf !== undefined && { maskOf: String(maskOf) }) }];
}

function conditionOf({ conditioned, styles }: AmazonModel) {
  return {
    ...(conditioned && {
      conditionImage: text,
      controlMode: oneOf("CANNY_EDGE", "SEGMENTATION"),
      controlStrength: number({ min: 0, max: 1 }),
    }),
    ...(styles && { style: oneOf(...styles) }),
  };
}

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
