import type { Picture } from "../../picture.ts";
import { invalidValue } from "../../refusals.ts";

/** How large an image may be that comes in. */
export interface Bounds {
  /** Pixels of a side. */
  side: { min: number; max: number };
  pixels: { min: number; max: number };
  /** The longer side by the shorter one. */
  ratio: number;
}

/** Source: AWS's guide to Stability AI Image Services. */
export const USUAL_BOUNDS: Bounds = {
  side: { min: 64, max: Infinity },
  pixels: { min: 0, max: 9_437_184 },
  ratio: 2.5,
};

const FORMATS: ReadonlySet<string> = new Set(["png", "jpeg", "webp"]);

/** @throws BedrockOpenAIError 400 for an image in a format that Stability's models do not take. */
export function checkFormat({ format, param }: Picture): void {
  if (!FORMATS.has(format))
    throw invalidValue(param, `this model takes PNG, JPEG and WebP, and it is ${format}.`);
}

/** @throws BedrockOpenAIError 400 for an image that Stability's models do not take. */
export function checkImage(image: Picture, bounds = USUAL_BOUNDS): void {
  checkFormat(image);
  const { width, height, param } = image;
  const { side, pixels, ratio } = bounds;
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const broken = [
    shorter < side.min && `sides of at least ${side.min} pixels`,
    longer > side.max && `sides of at most ${side.max} pixels`,
    width * height < pixels.min && `at least ${pixels.min} pixels`,
    width * height > pixels.max && `at most ${pixels.max} pixels`,
    longer > ratio * shorter && `sides of 1:${ratio} to ${ratio}:1`,
  ].find((each) => each !== false);
  if (broken)
    throw invalidValue(param, `this model takes images with ${broken}, and it is ${width}x${height}.`);
}
