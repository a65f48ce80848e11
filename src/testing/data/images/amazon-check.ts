import { firstOf, malformed } from "../image-tools.ts";
import type { JsonObject } from "../image-tools.ts";
import { moderationOf } from "./moderation.ts";
import { isBlackAndWhite, isTransparent, readSourceImage } from "./source-image.ts";
import type { SourceImage } from "./source-image.ts";
import type { AmazonModel } from "./amazon-model.ts";
import { readBody } from "./amazon-body.ts";
import type { AmazonRequest } from "./amazon-body.ts";
import type { PlacedImage } from "./amazon-task.ts";
import { invalidValue } from "./amazon-wording.ts";

const FORMATS = /^(png|jpeg)$/;
const OPAQUE = "An alpha channel must not have transparent or translucent pixels.";

/** What Titan Image and Nova Canvas refuse of a body that fits its schema. */
export function checkBody(body: JsonObject, model: AmazonModel): string | undefined {
  const request = readBody(body, model);
  const { task, params, words } = request;
  const problem =
    (task.config === "sized" ? sizeProblem(request, model) : undefined) ??
    task.check?.(params) ??
    firstOf(task.images(params), (image) => imageProblem(image, request, model));
  if (problem !== undefined) return problem;
  const moderation = moderationOf(words, ["prompt", "inputImage"]);
  return moderation && model.blocked[moderation];
}

function sizeProblem({ size }: AmazonRequest, { step, generates }: AmazonModel): string | undefined {
  const uneven = (["width", "height"] as const).find((side) => size[side] % step !== 0);
  if (uneven) {
    return malformed(`#/imageGenerationConfig/${uneven}: ${size[uneven]} is not a multiple of ${step}`);
  }
  return generates(size) ? undefined : invalidValue("(width, height)", `(${size.width}, ${size.height})`);
}

function imageProblem(
  { at, base64, maskOf }: PlacedImage,
  { task, type }: AmazonRequest,
  model: AmazonModel,
): string | undefined {
  const what = `${task.params}.${at.replaceAll("/", ".")}`;
  const image = readSourceImage(base64);
  if (!image || !FORMATS.test(image.format)) {
    return invalidValue(what, image?.format ?? "no image", "Images must be base64-encoded PNG or JPEG.");
  }
  const bounds = model.sourceProblem(image, type);
  if (bounds !== undefined) return bounds;
  if (isTransparent(image)) return invalidValue(what, "transparent pixels", OPAQUE);
  return maskOf === undefined ? undefined : maskProblem(what, image, readSourceImage(maskOf));
}

function maskProblem(what: string, mask: SourceImage, image: SourceImage | undefined): string | undefined {
  const [given, wanted] = [mask, image].map((size) => `(${size?.width}, ${size?.height})`);
  if (given !== wanted) {
    return invalidValue(`(width, height) of ${what}`, String(given), `It must be the image's, ${wanted}.`);
  }
  return isBlackAndWhite(mask)
    ? undefined
    : invalidValue(what, "other colours", "A mask must have only pure black and pure white pixels.");
}
