import { invalidRequest } from "../../errors.ts";

/** What is used of a PNG library. */
export interface PngLibrary {
  decode(bytes: Uint8Array): { data: Uint8Array | Uint8ClampedArray | Uint16Array };
  encode(image: { width: number; height: number; channels: number; depth: 8; data: Uint8Array }): Uint8Array;
}

/** Default: `fast-png`, an optional peer that is loaded with the first mask. */
export type LoadPng = () => Promise<PngLibrary>;

export const loadFastPng: LoadPng = () => import("fast-png");

/** @throws BedrockOpenAIError 400 naming the package, where it is not installed. */
export async function loaded(load: LoadPng, param: string): Promise<PngLibrary> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw invalidRequest(
      `Invalid '${param}': transparent pixels cannot be read on this server, since the optional package 'fast-png' is ` +
        "not installed there. Send a mask in the model's own colours, without an alpha channel, or install it.",
      { code: "invalid_value", param, cause },
    );
  }
}

const MISSING: ReadonlySet<unknown> = new Set(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

const isMissing = (thrown: unknown): boolean =>
  MISSING.has((thrown as { code?: unknown } | undefined)?.code) &&
  String((thrown as Error).message).includes("fast-png");
