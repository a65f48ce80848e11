import { invalidRequest } from "../errors.ts";

/** Of one request. Source: AWS's guide to image content filters, and so is the bound on one of them. */
const MAX_IMAGES = 20;
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * One URL may be named thousands of times, and what is behind it would be written out as often.
 * @throws BedrockOpenAIError 400 before one is downloaded.
 */
export function refuseManyImages(images: readonly { at: string }[]): void {
  if (images.length <= MAX_IMAGES) return;
  const param = images[MAX_IMAGES]!.at;
  throw invalidRequest(
    `Invalid '${param}': a guardrail looks at ${MAX_IMAGES} images at a time, and there are ${images.length}.`,
    { code: "array_above_max_length", param },
  );
}

/** @param characters Of its base64. @throws BedrockOpenAIError 400 */
export function refuseLargeImage(characters: number, param: string): void {
  if (characters <= Math.ceil(MAX_BYTES / 3) * 4) return;
  throw invalidRequest(
    `Invalid '${param}': the file is too large: a guardrail takes images of at most ${MAX_BYTES} bytes.`,
    { code: "image_file_too_large", param },
  );
}
