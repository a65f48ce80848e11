import { firstOf } from "../image-tools.ts";
import type { JsonObject } from "../image-tools.ts";
import { readSourceImage } from "./source-image.ts";
import { detail } from "./stability-wording.ts";

/** How large an image may be that comes in. */
export interface Bounds {
  /** Pixels of a side. */
  side: { min: number; max?: number };
  /** Pixels in all. */
  pixels: { max: number };
  /** The longer side by the shorter one. */
  ratio?: number;
}

export const USUAL_BOUNDS: Bounds = { side: { min: 64 }, pixels: { max: 9_437_184 }, ratio: 2.5 };

const FORMATS = /^(png|jpeg|webp)$/;

/** What is wrong with the images of a body; a mask may have any size, since it is stretched. */
export function imagesProblem(body: JsonObject, bounds: Bounds): string | undefined {
  return firstOf(["image", "init_image", "style_image", "mask"], (name) => {
    if (body[name] === undefined) return undefined;
    const image = readSourceImage(body[name]);
    if (!image || !FORMATS.test(image.format)) {
      return detail(`${name}: must be a base64-encoded image in jpeg, png or webp format`);
    }
    const said = name === "mask" ? undefined : boundsProblem(image, bounds);
    return said && detail(`${name}: ${said}, got ${image.width}x${image.height}`);
  });
}

function boundsProblem(
  { width, height }: { width: number; height: number },
  { side, pixels, ratio = Infinity }: Bounds,
): string | undefined {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const problems: [isBroken: boolean, what: string][] = [
    [shorter < side.min, `every side must be at least ${side.min} pixels`],
    [longer > (side.max ?? Infinity), `every side must be at most ${side.max} pixels`],
    [width * height > pixels.max, `total pixel count must be at most ${pixels.max}`],
    [longer / shorter > ratio, `aspect ratio must be between 1:${ratio} and ${ratio}:1`],
  ];
  return problems.find(([isBroken]) => isBroken)?.[1];
}
