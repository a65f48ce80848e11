import { integer, number, oneOf, string, text } from "../image-tools.ts";
import type { BodyShape } from "../image-tools.ts";

/** What the members of Stability's bodies may be, whichever service takes them. */

export const ASPECT_RATIOS: Readonly<Record<string, { width: number; height: number }>> = {
  "1:1": { width: 1024, height: 1024 },
  "16:9": { width: 1344, height: 768 },
  "21:9": { width: 1536, height: 640 },
  "2:3": { width: 832, height: 1216 },
  "3:2": { width: 1216, height: 832 },
  "4:5": { width: 896, height: 1088 },
  "5:4": { width: 1088, height: 896 },
  "9:16": { width: 768, height: 1344 },
  "9:21": { width: 640, height: 1536 },
};

export const STYLE_PRESET = oneOf(
  ...(
    "3d-model analog-film anime cinematic comic-book digital-art enhance fantasy-art isometric line-art low-poly " +
    "modeling-compound neon-punk origami photographic pixel-art tile-texture"
  ).split(" "),
);

const PROMPT = string({ max: 10_000 });
const SHARE = number({ min: 0, max: 1 });
const PIXELS = integer({ min: 0, max: 2000 });

export const MEMBERS = {
  image: text,
  init_image: text,
  style_image: text,
  mask: text,
  prompt: PROMPT,
  negative_prompt: PROMPT,
  search_prompt: PROMPT,
  select_prompt: PROMPT,
  aspect_ratio: oneOf(...Object.keys(ASPECT_RATIOS)),
  seed: integer({ min: 0, max: 4_294_967_294 }),
  output_format: oneOf("jpeg", "png", "webp"),
  style_preset: STYLE_PRESET,
  strength: SHARE,
  control_strength: SHARE,
  fidelity: SHARE,
  style_strength: SHARE,
  composition_fidelity: SHARE,
  change_strength: number({ min: 0.1, max: 1 }),
  grow_mask: integer({ min: 0, max: 20 }),
  left: PIXELS,
  right: PIXELS,
  up: PIXELS,
  down: PIXELS,
} satisfies Record<string, BodyShape>;

export type Member = keyof typeof MEMBERS;

/** The shapes of some members. */
export function members(names: readonly Member[]): Record<string, BodyShape> {
  return Object.fromEntries(names.map((name) => [name, MEMBERS[name]]));
}
