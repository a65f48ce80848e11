import { writeFlatJpeg, writeFlatWebp, writePng } from "../image-tools.ts";
import type { JsonObject, Picture } from "../image-tools.ts";
import { moderationOf } from "./moderation.ts";
import { seedOf } from "./seed.ts";

/** One picture of Stability's to be painted. */
export interface StabilityOrder {
  body: JsonObject;
  prompt: string;
  /** What makes this picture another one than the next. */
  from: readonly unknown[];
}

export interface Painted {
  picture: Picture;
  /** The picture has an alpha channel. */
  alpha?: boolean;
}

const REASONS = {
  prompt: "Filter reason: prompt",
  inputImage: "Filter reason: input image",
  outputImage: "Filter reason: output image",
  error: "Inference error",
};

/** There are no encoders here: JPEG and WebP have the right size, and one colour. */
const WRITERS: Record<string, (painted: Painted) => Buffer> = {
  jpeg: ({ picture }) => writeFlatJpeg(picture),
  webp: ({ picture }) => writeFlatWebp(picture),
  png: ({ picture, alpha = false }) => writePng(picture, { alpha }),
};

/** `{seeds, finish_reasons, images}`; of a picture that was not made only the reason, with the same status. */
export function stabilityReply(
  body: JsonObject,
  baseId: string,
  paint: (order: StabilityOrder) => Painted,
): JsonObject {
  const words = ["prompt", "negative_prompt", "search_prompt", "select_prompt"].map((name) => body[name]);
  const kinds = ["prompt", "inputImage", "outputImage", "error"] as const;
  const moderation = moderationOf(words.join("\n"), kinds);
  if (moderation) return { finish_reasons: [REASONS[moderation]] };
  const prompt = String(body["prompt"] ?? "");
  const seed = seedOf(body, baseId);
  const painted = paint({ body, prompt, from: [baseId, prompt, seed] });
  const file = WRITERS[String(body["output_format"] ?? "png")]?.(painted);
  return { seeds: [seed], finish_reasons: [null], images: [file?.toString("base64")] };
}
