import type { Sharp, SharpOptions } from "sharp";
import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import { isMissing } from "../../optional-package.ts";

/** What is used of the image library. */
export type ImageLibrary = (bytes: Uint8Array, options?: SharpOptions) => Sharp;

/** Default: `sharp`, an optional peer that is loaded with the first picture that may have transparent pixels. */
export type LoadImageLibrary = () => Promise<ImageLibrary>;

/** @throws BedrockOpenAIError 400 naming the package, where it is not installed. */
export async function loaded(param: string, load?: LoadImageLibrary): Promise<ImageLibrary> {
  try {
    return load ? await load() : (await import("sharp")).default;
  } catch (cause) {
    throw isMissing(cause, "sharp") ? notInstalled(param, cause) : cause;
  }
}

const notInstalled = (param: string, cause: unknown): BedrockOpenAIError =>
  invalidRequest(
    `Invalid '${param}': transparent pixels cannot be read on this server, since the optional package 'sharp' is not ` +
      "installed there. Send a mask in the model's own colours, without an alpha channel, or install it.",
    { code: "invalid_value", param, cause },
  );

/** Is this the refusal of what cannot be read without the package? */
export const isForWantOfIt = (thrown: unknown): boolean =>
  isMissing((thrown as { cause?: unknown } | undefined)?.cause, "sharp");
