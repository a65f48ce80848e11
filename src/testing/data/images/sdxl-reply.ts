import { writePng } from "../image-tools.ts";
import type { JsonObject, Picture } from "../image-tools.ts";
import { blend } from "./compose.ts";
import { evenMask, maskOfAlpha, maskOfColour, middleMask } from "./mask.ts";
import type { Mask } from "./mask.ts";
import { moderationOf } from "./moderation.ts";
import { paint } from "./paint.ts";
import { seedOf } from "./seed.ts";
import { readSourceImage } from "./source-image.ts";

const SIDE = 1024;
const IMAGE_STRENGTH = 0.35;

interface Size {
  width?: number;
  height?: number;
}

/** `{result, artifacts}`. What is filtered comes all the same, and comes as one flat colour. */
export function sdxlReply(body: JsonObject, baseId: string): JsonObject {
  const prompts = body["text_prompts"] as { text: string; weight?: number }[];
  const wanted = prompts.filter(({ weight = 1 }) => weight > 0).map(({ text }) => text);
  const words = prompts.map(({ text }) => text).join("\n");
  const seed = seedOf(body, baseId);
  const moderation = moderationOf(words, ["prompt", "inputImage", "outputImage", "error"]);
  if (moderation === "error") {
    return { result: "error", artifacts: [{ seed, base64: "", finishReason: "ERROR" }] };
  }
  const picture = pictureOf(body, wanted.join("\n"), [baseId, words, seed]);
  const base64 = writePng(moderation ? blurred(picture) : picture).toString("base64");
  const finishReason = moderation ? "CONTENT_FILTERED" : "SUCCESS";
  return { result: "success", artifacts: [{ seed, base64, finishReason }] };
}

function pictureOf(body: JsonObject, prompt: string, from: readonly unknown[]): Picture {
  const source = body["init_image"] === undefined ? undefined : readSourceImage(body["init_image"]);
  const { width = SIDE, height = SIDE } = source ?? (body as Size);
  const fresh = paint({ width, height, from, prompt });
  return source?.picture ? blend(source.picture, fresh, maskOf(body, source.picture)) : fresh;
}

/** What is painted of an image: everything a little, or in full what its mask says. */
function maskOf(
  { mask_source: source, mask_image: image, image_strength: strength }: JsonObject,
  picture: Picture,
): Mask {
  if (source === undefined) return evenMask(picture, 1 - Number(strength ?? IMAGE_STRENGTH));
  if (source === "INIT_IMAGE_ALPHA") return maskOfAlpha(picture);
  const mask = readSourceImage(image)?.picture;
  if (!mask) return middleMask(picture);
  return maskOfColour(mask, picture, source === "MASK_IMAGE_WHITE" ? "white" : "black");
}

function blurred({ width, height }: Picture): Picture {
  const grey = new Uint8Array(width * 4).fill(128);
  return { width, height, row: () => grey };
}
