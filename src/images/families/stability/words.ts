/** Source: AWS's guide to Stability AI models. */
export const MAX_PROMPT = 10_000;

export const MAX_SEED = 4_294_967_294;

export const STYLES: readonly string[] = [
  "3d-model",
  "analog-film",
  "anime",
  "cinematic",
  "comic-book",
  "digital-art",
  "enhance",
  "fantasy-art",
  "isometric",
  "line-art",
  "low-poly",
  "modeling-compound",
  "neon-punk",
  "origami",
  "photographic",
  "pixel-art",
  "tile-texture",
];
