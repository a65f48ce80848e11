import { averageOf, flag, isObject, malformed, object, oneOf, text, writePng } from "../image-tools.ts";
import type { JsonObject } from "../image-tools.ts";
import { blend } from "./compose.ts";
import { pictureOfMask } from "./mask.ts";
import { paint } from "./paint.ts";
import { readSourceImage } from "./source-image.ts";
import { placed, prompts } from "./amazon-generation.ts";
import { insideOf } from "./amazon-painting.ts";
import type { Task } from "./amazon-task.ts";

const ON_OFF = oneOf("ON", "OFF", "DEFAULT");
const MASK_SHAPE = oneOf("CONTOUR", "BOUNDING_BOX", "DEFAULT");

const GARMENTS = (
  "UPPER_BODY LOWER_BODY FULL_BODY FOOTWEAR LONG_SLEEVE_SHIRT SHORT_SLEEVE_SHIRT NO_SLEEVE_SHIRT OTHER_UPPER_BODY " +
  "LONG_PANTS SHORT_PANTS OTHER_LOWER_BODY LONG_DRESS SHORT_DRESS FULL_BODY_OUTFIT OTHER_FULL_BODY SHOES BOOTS OTHER_FOOTWEAR"
).split(" ");

/** The mask that each `maskType` needs, and the only one it takes. */
const MASKS: Record<string, string> = {
  IMAGE: "imageBasedMask",
  GARMENT: "garmentBasedMask",
  PROMPT: "promptBasedMask",
};

/** Paints the colour of the reference image into the source image. */
export const virtualTryOn: Task = {
  params: "virtualTryOnParams",
  config: "unsized",
  shape: (model) =>
    object(
      { sourceImage: text, referenceImage: text, maskType: oneOf(...Object.keys(MASKS)) },
      {
        imageBasedMask: object({ maskImage: text }),
        garmentBasedMask: object(
          { garmentClass: oneOf(...GARMENTS) },
          {
            maskShape: MASK_SHAPE,
            garmentStyling: object(
              {},
              {
                longSleeveStyle: oneOf("SLEEVE_DOWN", "SLEEVE_UP"),
                tuckingStyle: oneOf("UNTUCKED", "TUCKED"),
                outerLayerStyle: oneOf("CLOSED", "OPEN"),
              },
            ),
          },
        ),
        promptBasedMask: object({ maskPrompt: prompts(model).text }, { maskShape: MASK_SHAPE }),
        maskExclusions: object({}, { preserveBodyPose: ON_OFF, preserveHands: ON_OFF, preserveFace: ON_OFF }),
        mergeStyle: oneOf("BALANCED", "SEAMLESS", "DETAILED"),
        returnMask: flag,
      },
    ),
  images: (params) => [
    ...placed("sourceImage", params["sourceImage"]),
    ...placed("referenceImage", params["referenceImage"]),
    ...placed("imageBasedMask/maskImage", maskImageOf(params), params["sourceImage"]),
  ],
  check: (params) => {
    const wanted = MASKS[String(params["maskType"])] ?? "";
    if (params[wanted] === undefined) {
      return malformed(`#/virtualTryOnParams: required key [${wanted}] not found`);
    }
    const other = Object.values(MASKS).find((mask) => mask !== wanted && params[mask] !== undefined);
    return other && malformed(`#/virtualTryOnParams: extraneous key [${other}] is not permitted`);
  },
  paint: ({ params, from }) => {
    const { picture, width = 0, height = 0 } = readSourceImage(params["sourceImage"]) ?? {};
    const reference = readSourceImage(params["referenceImage"])?.picture;
    const colours = reference && [averageOf(reference).colour];
    const fresh = paint({ width, height, from, colours });
    return picture ? blend(picture, fresh, insideOf(maskImageOf(params), fresh)) : fresh;
  },
  more: ({ params }) => {
    if (params["returnMask"] !== true) return {};
    const { width = 0, height = 0 } = readSourceImage(params["sourceImage"]) ?? {};
    const mask = pictureOfMask(insideOf(maskImageOf(params), { width, height }), { width, height });
    return { maskImage: writePng(mask).toString("base64") };
  },
};

function maskImageOf({ imageBasedMask }: JsonObject): unknown {
  return isObject(imageBasedMask) ? imageBasedMask["maskImage"] : undefined;
}
