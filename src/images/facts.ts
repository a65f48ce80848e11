import type { OutputFormat } from "../openai/image-response.ts";
import { fromBase64 } from "../http/base64.ts";
import { sizeOf } from "./picture-size.ts";
import { sizeText } from "./sizes.ts";

/** What a picture that was made says of itself. */
export interface Facts {
  format: OutputFormat | undefined;
  /** Of the sizes that OpenAI has: others its schema does not allow. */
  size: string | undefined;
}

/** How such files begin, in base64. */
const BEGINNINGS: readonly (readonly [string, OutputFormat])[] = [
  ["iVBORw0KGg", "png"],
  ["/9j/", "jpeg"],
  ["UklGR", "webp"],
];

const SIZES: readonly string[] = ["1024x1024", "1024x1536", "1536x1024"];

/** Enough to find the size in, in base64. */
const HEAD = 128 * 1024;

export async function factsOf(base64: string): Promise<Facts> {
  const format = BEGINNINGS.find(([beginning]) => base64.startsWith(beginning))?.[1];
  const size = format && (await sizeIn(base64, format));
  return { format, size: SIZES.find((each) => each === size) };
}

/** Undefined for a file that cannot be read: it is the caller's all the same. */
async function sizeIn(base64: string, format: OutputFormat): Promise<string | undefined> {
  try {
    const size = await sizeOf(fromBase64(base64, HEAD), format);
    return size && sizeText(size);
  } catch {
    return undefined;
  }
}
