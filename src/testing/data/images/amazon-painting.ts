import { averageOf, malformed, object, oneOf, text } from "../image-tools.ts";
import type { JsonObject, Picture } from "../image-tools.ts";
import { blend } from "./compose.ts";
import type { Mask } from "./mask.ts";
import { inverse, maskOfColour, middleMask } from "./mask.ts";
import { paint } from "./paint.ts";
import { readSourceImage } from "./source-image.ts";
import type { AmazonModel } from "./amazon-model.ts";
import { placed, prompts } from "./amazon-generation.ts";
import type { Order, PlacedImage, Task } from "./amazon-task.ts";

/** Tasks that paint into a picture: black is inside the mask, and so painted; outpainting paints outside it. */

export const inPainting: Task = {
  params: "inPaintingParams",
  config: "unsized",
  shape: (model) => object({ image: text }, { ...prompts(model), ...maskMembers(model) }),
  images,
  check: (params) => oneMask("inPaintingParams", params),
  paint: (order) => paintInto(order, (mask) => mask),
};

export const outPainting: Task = {
  params: "outPaintingParams",
  config: "unsized",
  shape: (model) => {
    const { text: prompt, negativeText } = prompts(model);
    const optional = { negativeText, ...maskMembers(model), outPaintingMode: oneOf("DEFAULT", "PRECISE") };
    return model.outPaintingNeedsText
      ? object({ image: text, text: prompt }, optional)
      : object({ image: text }, { text: prompt, ...optional });
  },
  images,
  check: (params) => oneMask("outPaintingParams", params),
  paint: (order) => paintInto(order, inverse),
};

const maskMembers = (model: AmazonModel) => ({ maskPrompt: prompts(model).text, maskImage: text });

function images({ image, maskImage }: JsonObject): PlacedImage[] {
  return [...placed("image", image), ...placed("maskImage", maskImage, image)];
}

function oneMask(at: string, { maskPrompt, maskImage }: JsonObject): string | undefined {
  const masks = [maskPrompt, maskImage].filter((mask) => mask !== undefined).length;
  return masks === 1 ? undefined : malformed(`#/${at}: ${masks} subschemas matched instead of one`);
}

function paintInto({ params, prompt, from }: Order, painted: (mask: Mask) => Mask): Picture {
  const { image, maskImage, text: wanted } = params;
  const { picture, width = 0, height = 0 } = readSourceImage(image) ?? {};
  // Without a prompt what is inside the mask goes away.
  const colours = picture && wanted === undefined ? [averageOf(picture).colour] : undefined;
  const fresh = paint({ width, height, from, prompt, colours });
  return picture ? blend(picture, fresh, painted(insideOf(maskImage, fresh))) : fresh;
}

/** What a mask image shows as inside; the middle where a prompt is to find it. */
export function insideOf(maskImage: unknown, size: { width: number; height: number }): Mask {
  const mask = maskImage === undefined ? undefined : readSourceImage(maskImage)?.picture;
  return mask ? maskOfColour(mask, size, "black") : middleMask(size);
}
