import { averageOf } from "../image-tools.ts";
import type { JsonObject, Rgb } from "../image-tools.ts";
import { blend, cutOut, enlarge, lay } from "./compose.ts";
import { evenMask, maskOfAlpha, maskOfColour, middleMask } from "./mask.ts";
import type { Mask } from "./mask.ts";
import { paint } from "./paint.ts";
import { readSourceImage } from "./source-image.ts";
import type { SourceImage } from "./source-image.ts";
import { ASPECT_RATIOS } from "./stability-members.ts";
import type { Painted, StabilityOrder } from "./stability-reply.ts";

/** Ways to paint for Stability's services. An image that cannot be read gives a picture of its size. */

type Paint = (order: StabilityOrder) => Painted;

const SQUARE = { width: 1024, height: 1024 };
const LONGEST_SIDE = 4096;

/** A new picture of the aspect ratio asked for. */
export const paintByRatio: Paint = ({ body, prompt, from }) => ({
  picture: paint({ ...(ASPECT_RATIOS[String(body["aspect_ratio"])] ?? SQUARE), from, prompt }),
});

/** A new picture of the image's size. */
export const repaint: Paint = ({ body, prompt, from }) => ({
  picture: paint({ ...sizeOf(body, "image"), from, prompt }),
});

/** The image, painted over in the measure of `share`. */
export const paintOver =
  (name: "image" | "init_image", share: (body: JsonObject) => number, colour = noColour): Paint =>
  ({ body, prompt, from }) => {
    const { picture, width, height } = sourceOf(body, name);
    const fresh = paint({ width, height, from, prompt, colours: colour(body) });
    return { picture: picture ? blend(picture, fresh, evenMask(fresh, share(body))) : fresh };
  };

/** White in the mask is painted, or without a mask what is transparent in the image; erased in the image's own colour. */
export const paintMasked =
  (what: "prompt" | "erase"): Paint =>
  ({ body, prompt, from }) => {
    const { picture, width, height } = sourceOf(body, "image");
    const colours = picture && what === "erase" ? [averageOf(picture).colour] : undefined;
    const fresh = paint({ width, height, from, prompt, colours });
    if (!picture) return { picture: fresh };
    const mask = body["mask"] === undefined ? undefined : readSourceImage(body["mask"]);
    return { picture: blend(picture, fresh, maskFor(mask, maskOfAlpha(picture), fresh)) };
  };

/** What a search finds is in the middle. */
export const paintFound: Paint = ({ body, prompt, from }) => {
  const { picture, width, height } = sourceOf(body, "image");
  const fresh = paint({ width, height, from, prompt });
  return { picture: picture ? blend(picture, fresh, middleMask(fresh)) : fresh };
};

/** The subject is in the middle, and all the rest is background. */
export const cutSubject: Paint = ({ body, prompt, from }) => {
  const { picture, width, height } = sourceOf(body, "image");
  const whole = picture ?? paint({ width, height, from, prompt });
  return { picture: cutOut(whole, middleMask(whole)), alpha: true };
};

/** The image on a larger picture. */
export const paintAround: Paint = ({ body, prompt, from }) => {
  const { picture, width, height } = sourceOf(body, "image");
  const [left, right, up, down] = ["left", "right", "up", "down"].map((side) => Number(body[side] ?? 0));
  const grown = { width: width + (left ?? 0) + (right ?? 0), height: height + (up ?? 0) + (down ?? 0) };
  const ground = paint({ ...grown, from, prompt });
  return { picture: picture ? lay(picture, ground, left ?? 0, up ?? 0) : ground };
};

/** The image larger: its longer side has 4096 pixels, or each side `times` as many. */
export const upscale =
  (times?: number): Paint =>
  ({ body, prompt, from }) => {
    const { picture, width, height } = sourceOf(body, "image");
    const factor = times ?? LONGEST_SIDE / Math.max(width, height);
    const size = { width: Math.round(width * factor), height: Math.round(height * factor) };
    return {
      picture: picture ? enlarge(picture, size.width, size.height) : paint({ ...size, from, prompt }),
    };
  };

/** The average colour of an image that can be read. */
export function colourOf(body: JsonObject, name: string): Rgb[] | undefined {
  const picture = readSourceImage(body[name])?.picture;
  return picture && [averageOf(picture).colour];
}

function noColour(_body: JsonObject): Rgb[] | undefined {
  return undefined;
}

function maskFor(mask: SourceImage | undefined, alpha: Mask, size: { width: number; height: number }): Mask {
  if (!mask) return alpha;
  return mask.picture ? maskOfColour(mask.picture, size, "white") : middleMask(size);
}

function sizeOf(body: JsonObject, name: string): { width: number; height: number } {
  const { width, height } = sourceOf(body, name);
  return { width, height };
}

function sourceOf(body: JsonObject, name: string): Pick<SourceImage, "width" | "height" | "picture"> {
  return readSourceImage(body[name]) ?? { ...SQUARE, picture: undefined };
}
