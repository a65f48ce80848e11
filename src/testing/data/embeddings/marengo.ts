import { object, oneOf, openObject, string, text } from "../data-family.ts";
import type { BodyShape, ImageFormat } from "../data-family.ts";
import { decode, imageProblem } from "./images.ts";

/** What the generations of Marengo Embed have in common. Source: AWS's guide to TwelveLabs Marengo Embed. */

export interface MediaSource {
  base64String?: string;
  s3Location?: { uri: string };
}

const IMAGE_FORMATS: readonly ImageFormat[] = ["png", "jpeg"];

export const INPUT_TEXT = string({ min: 1 });
const s3Location = object({ uri: string({ min: 1 }) }, { bucketOwner: text });
export const SOURCE_MEMBERS = { base64String: string({ min: 1 }), s3Location };
export const MEDIA_SOURCE = object({}, SOURCE_MEMBERS);

/** A body by its `inputType`. What is refused whatever else it holds, is not looked at closer. */
export function shapeByInput(
  inputType: unknown,
  cases: Readonly<Record<string, BodyShape>>,
  asynchronous: readonly string[],
): BodyShape {
  const known =
    typeof inputType === "string" && Object.hasOwn(cases, inputType) ? cases[inputType] : undefined;
  return known ?? openObject({ inputType: oneOf(...Object.keys(cases), ...asynchronous) });
}

/** InvokeModel is for what is quickly embedded. */
export function asyncOnly(inputType: unknown): string | undefined {
  return inputType === "audio" || inputType === "video"
    ? `The inputType ${inputType} is not supported by InvokeModel. Use StartAsyncInvoke instead.`
    : undefined;
}

export function sourceProblem({ base64String, s3Location }: MediaSource): string | undefined {
  if ((base64String === undefined) === (s3Location === undefined))
    return "Exactly one of base64String, s3Location must be present in the media source.";
  return base64String === undefined ? undefined : imageProblem(base64String, IMAGE_FORMATS);
}

/** What lies in S3 is not here to be read; its address stands for it. */
export function contentOf({ base64String, s3Location }: MediaSource): Buffer {
  return base64String === undefined ? Buffer.from(s3Location?.uri ?? "") : decode(base64String);
}

export function tooLong(tokens: number, max: number): string {
  return `The input text has ${tokens} tokens, which exceeds the maximum of ${max} tokens.`;
}
