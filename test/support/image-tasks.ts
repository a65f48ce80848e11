import type { JsonObject } from "../../src/conversation/types.ts";
import type { ImageFamily, ImageTask } from "../../src/images/family.ts";
import type { Picture } from "../../src/images/picture.ts";
import { createNotes } from "../../src/reception/notes.ts";
import { readPng } from "../../src/testing/media/read-png.ts";
import { pngText } from "./write-png.ts";

/** What is asked where nothing else is said. */
const OTTER: ImageTask = {
  endpoint: "generations",
  prompt: "An otter",
  images: [],
  mask: undefined,
  n: 1,
  size: undefined,
  quality: undefined,
  outputFormat: undefined,
  style: undefined,
  negativePrompt: undefined,
  seed: undefined,
  transparent: false,
  own: {},
};

/** The seed that is drawn. */
export const DRAWN = 7;

interface Called {
  bodies: JsonObject[];
  counts: number[];
  /** `size: clamped` of each adjustment. */
  notes: string[];
}

/** The calls that a family makes of a task, and what it notes. */
export async function callsOf(
  family: ImageFamily,
  model: string,
  asked: Partial<ImageTask> = {},
): Promise<Called> {
  const notes = createNotes();
  const making = { family: model, drawSeed: () => DRAWN, notes };
  const calls = await family.toCalls({ ...OTTER, ...asked }, making);
  return {
    bodies: calls.map(({ body }) => body),
    counts: calls.map(({ count }) => count),
    notes: notes.adjustments.map(({ param, action }) => `${param}: ${action}`),
  };
}

/** A picture that nobody looks into. */
export const picture = (more: Partial<Picture> = {}): Picture => ({
  base64: "/9j/",
  format: "jpeg",
  width: 512,
  height: 512,
  param: "image",
  ...more,
});

/** A PNG whose left half is transparent. */
export const halfTransparent = (width: number, height: number, param = "image"): Picture =>
  png(width, height, param, (x) => (x < width / 2 ? 0 : 255));

/** A PNG with an alpha channel that hides nothing. */
export const opaquePng = (width: number, height: number, param = "image"): Picture =>
  png(width, height, param, () => 255);

const png = (width: number, height: number, param: string, alpha: (x: number) => number): Picture => ({
  base64: pngText({ width, height, colourType: 6, depth: 8, pixel: (x) => [200, 30, 30, alpha(x)] }),
  format: "png",
  width,
  height,
  param,
});

/** The pixels of a PNG. */
export function pixelsOf(base64: unknown): NonNullable<ReturnType<typeof readPng>> {
  const pixels = readPng(Buffer.from(String(base64), "base64"), 1 << 24);
  if (!pixels) throw new Error("This is no PNG.");
  return pixels;
}

/** Red of the first and of the last pixel of a mask's first row. */
export function ends(base64: unknown): number[] {
  const { row, width } = pixelsOf(base64);
  return [row(0)[0]!, row(0)[(width - 1) * 4]!];
}
