import type { JsonObject } from "../image-tools.ts";
import {
  colourOf,
  cutSubject,
  paintAround,
  paintByRatio,
  paintFound,
  paintMasked,
  paintOver,
  repaint,
  upscale,
} from "./stability-paint.ts";
import type { StabilityService } from "./stability-service.ts";
import { detail } from "./stability-wording.ts";

const SIDES = ["left", "right", "up", "down"] as const;
const PLAIN = ["negative_prompt", "seed", "output_format"] as const;
const STYLED = [...PLAIN, "style_preset"] as const;

const MEGAPIXEL = 1_048_576;

/** What each service requires and takes. Source: AWS's guide to Stability AI Image Services. */
export const STABILITY_SERVICES: readonly StabilityService[] = [
  {
    model: "stable-creative-upscale",
    required: ["image", "prompt"],
    creativity: { min: 0.1, max: 0.5 },
    optional: STYLED,
    bounds: { side: { min: 64 }, pixels: { max: MEGAPIXEL } },
    paint: upscale(),
  },
  {
    model: "stable-conservative-upscale",
    required: ["image", "prompt"],
    creativity: { min: 0.1, max: 0.5 },
    optional: PLAIN,
    paint: upscale(),
  },
  {
    model: "stable-fast-upscale",
    required: ["image"],
    optional: ["output_format"],
    bounds: { side: { min: 32, max: 1536 }, pixels: { max: MEGAPIXEL } },
    paint: upscale(4),
  },
  {
    model: "stable-image-inpaint",
    required: ["image", "prompt"],
    optional: ["mask", "grow_mask", ...STYLED],
    paint: paintMasked("prompt"),
  },
  {
    model: "stable-outpaint",
    required: ["image"],
    creativity: { min: 0.1, max: 1 },
    optional: [...SIDES, "prompt", "seed", "output_format", "style_preset"],
    check: (body) =>
      SIDES.some((side) => Number(body[side] ?? 0) > 0)
        ? undefined
        : detail("At least one of left, right, up and down must be greater than 0"),
    paint: paintAround,
  },
  {
    model: "stable-image-search-recolor",
    required: ["image", "prompt", "select_prompt"],
    optional: ["grow_mask", ...STYLED],
    paint: paintFound,
  },
  {
    model: "stable-image-search-replace",
    required: ["image", "prompt", "search_prompt"],
    optional: ["grow_mask", ...STYLED],
    paint: paintFound,
  },
  {
    model: "stable-image-erase-object",
    required: ["image"],
    optional: ["mask", "grow_mask", "seed", "output_format"],
    paint: paintMasked("erase"),
  },
  {
    model: "stable-image-remove-background",
    required: ["image"],
    optional: ["output_format"],
    paint: cutSubject,
  },
  {
    model: "stable-image-control-sketch",
    required: ["image", "prompt"],
    optional: ["control_strength", ...STYLED],
    paint: repaint,
  },
  {
    model: "stable-image-control-structure",
    required: ["image", "prompt"],
    optional: ["control_strength", ...STYLED],
    paint: repaint,
  },
  {
    model: "stable-image-style-guide",
    required: ["image", "prompt"],
    optional: ["aspect_ratio", "fidelity", ...STYLED],
    paint: paintByRatio,
  },
  {
    model: "stable-style-transfer",
    required: ["init_image", "style_image"],
    optional: ["prompt", "style_strength", "composition_fidelity", "change_strength", ...PLAIN],
    paint: paintOver("init_image", styleStrength, (body) => colourOf(body, "style_image")),
  },
];

/** The composition is kept by a third of the picture: its colours are the style's otherwise. */
function styleStrength({ style_strength: strength = 1 }: JsonObject): number {
  return (Number(strength) * 2) / 3;
}
