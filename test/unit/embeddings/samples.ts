import type { ContentBlock } from "../../../src/conversation/types.ts";
import { embeddingFamilyOf } from "../../../src/embeddings/families.ts";
import type { EmbeddingFamily, Input, Settings } from "../../../src/embeddings/family.ts";

export const TITAN_V1 = "amazon.titan-embed-text-v1";
export const TITAN_V2 = "amazon.titan-embed-text-v2:0";
export const TITAN_IMAGE = "amazon.titan-embed-image-v1";
export const COHERE_V3 = "cohere.embed-multilingual-v3";
export const COHERE_V4 = "cohere.embed-v4:0";
export const NOVA = "amazon.nova-2-multimodal-embeddings-v1:0";
export const MARENGO_2 = "twelvelabs.marengo-embed-2-7-v1:0";
export const MARENGO_3 = "twelvelabs.marengo-embed-3-0-v1:0";

export const ALL = [TITAN_V1, TITAN_V2, TITAN_IMAGE, COHERE_V3, COHERE_V4, NOVA, MARENGO_2, MARENGO_3];

export const family = (model: string): EmbeddingFamily => {
  const found = embeddingFamilyOf(model);
  if (!found) throw new Error(`no family of ${model}`);
  return found;
};

/** How files of these formats begin, in base64, which is all of them that is looked at. */
export const PNG = "iVBORw0KGgoAAAANSUhEUg==";
export const JPEG = "/9j/4AAQSkZJRgABAQAAAQ==";
export const GIF = "R0lGODlhAQABAIAAAAAAAA==";
export const WEBP = "UklGRiQAAABXRUJQVlA4IA==";

export const dataUrl = (base64: string, type = "image/png"): string => `data:${type};base64,${base64}`;

export const image = (bytes = PNG, format: "png" | "jpeg" = "png"): ContentBlock => ({
  image: { format, source: { bytes } },
});

/** An input of texts and blocks. */
export const input = (...pieces: (string | ContentBlock)[]): Input => ({
  pieces: pieces.map((piece) => (typeof piece === "string" ? { text: piece } : piece)),
  at: "input",
});

export const settings = (given: Partial<Settings> = {}): Settings => ({
  dimensions: undefined,
  inputType: undefined,
  own: {},
  ...given,
});

/** What was thrown. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
