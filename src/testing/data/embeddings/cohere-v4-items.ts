import { imageHeader } from "../data-family.ts";
import type { Part } from "./embed.ts";
import { decodeDataUri } from "./images.ts";
import { countTokens, fitTokens } from "./tokens.ts";

/** What an image costs: `pixels / 784 * 4` tokens, at the size that the model sees it in. */
const [MIN_PIXELS, MAX_PIXELS, PIXELS_PER_TOKEN] = [3136, 2_458_624, 784 / 4];

type ContentPart = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };

/** What is to be embedded, in one of three ways. */
export interface Items {
  texts?: string[];
  images?: string[];
  inputs?: { content: ContentPart[] }[];
}

/** What gets a vector each. */
export function partsOf({ texts, images = [], inputs }: Items): Part[][] {
  if (texts) return texts.map((text) => [text]);
  if (!inputs) return images.map((uri) => [decodeDataUri(uri)]);
  return inputs.map(({ content }) =>
    content.map((part) => (part.type === "text" ? part.text : decodeDataUri(part.image_url.url))),
  );
}

/** The data URIs of all images. */
export function urisOf({ images = [], inputs = [] }: Items): string[] {
  const mixed = inputs.flatMap(({ content }) =>
    content.flatMap((part) => (part.type === "image_url" ? part.image_url.url : [])),
  );
  return [...images, ...mixed];
}

/** The tokens of one item. */
export function costOf(parts: readonly Part[]): number {
  return parts.reduce(
    (sum, part) => sum + (typeof part === "string" ? countTokens(part) : imageTokens(part)),
    0,
  );
}

/** One item, its texts cut to a budget. */
export function fitParts(parts: readonly Part[], maxTokens: number, cut: "start" | "end"): Part[] {
  return parts.map((part) => (typeof part === "string" ? fitTokens(part, maxTokens, cut) : part));
}

function imageTokens(image: Buffer): number {
  const { width = 0, height = 0 } = imageHeader(image) ?? {};
  return Math.ceil(Math.min(Math.max(width * height, MIN_PIXELS), MAX_PIXELS) / PIXELS_PER_TOKEN);
}
