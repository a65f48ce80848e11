import { type Bounds, USUAL_BOUNDS } from "./bounds.ts";

/** One of Stability's services, by the members of its body. */
export interface Service {
  /** The model's id, without vendor and version. */
  model: string;
  required: readonly string[];
  optional: readonly string[];
  bounds?: Bounds;
  /** Without a mask the image's own transparency is one: what has none needs one. */
  masked?: true;
  /** What it makes is larger than its image. */
  enlarges?: true;
  /** One of them has to be there. */
  oneOf?: readonly string[];
}

const SIDES = ["left", "right", "up", "down"];
const PLAIN = ["negative_prompt", "seed", "output_format"];
const STYLED = [...PLAIN, "style_preset"];

const MEGAPIXEL = 1_048_576;

/** Source: AWS's guide to Stability AI Image Services. */
const SERVICES: readonly Service[] = [
  {
    model: "stable-creative-upscale",
    required: ["image", "prompt"],
    optional: ["creativity", ...STYLED],
    bounds: { ...USUAL_BOUNDS, pixels: { min: 4096, max: MEGAPIXEL }, ratio: Infinity },
    enlarges: true,
  },
  {
    model: "stable-conservative-upscale",
    required: ["image", "prompt"],
    optional: ["creativity", ...PLAIN],
    enlarges: true,
  },
  {
    model: "stable-fast-upscale",
    required: ["image"],
    optional: ["output_format"],
    bounds: { side: { min: 32, max: 1536 }, pixels: { min: 0, max: MEGAPIXEL }, ratio: Infinity },
    enlarges: true,
  },
  {
    model: "stable-image-inpaint",
    required: ["image", "prompt"],
    optional: ["mask", "grow_mask", ...STYLED],
    masked: true,
  },
  {
    model: "stable-outpaint",
    required: ["image"],
    optional: [...SIDES, "prompt", "creativity", "seed", "output_format", "style_preset"],
    enlarges: true,
    oneOf: SIDES,
  },
  {
    model: "stable-image-search-recolor",
    required: ["image", "prompt", "select_prompt"],
    optional: ["grow_mask", ...STYLED],
  },
  {
    model: "stable-image-search-replace",
    required: ["image", "prompt", "search_prompt"],
    optional: ["grow_mask", ...STYLED],
  },
  {
    model: "stable-image-erase-object",
    required: ["image"],
    optional: ["mask", "grow_mask", "seed", "output_format"],
    masked: true,
  },
  {
    model: "stable-image-remove-background",
    required: ["image"],
    // What it is for: nothing is told of it.
    optional: ["output_format", "background"],
  },
  {
    model: "stable-image-control-sketch",
    required: ["image", "prompt"],
    optional: ["control_strength", ...STYLED],
  },
  {
    model: "stable-image-control-structure",
    required: ["image", "prompt"],
    optional: ["control_strength", ...STYLED],
  },
  {
    model: "stable-image-style-guide",
    required: ["image", "prompt"],
    optional: ["aspect_ratio", "fidelity", ...STYLED],
  },
  {
    model: "stable-style-transfer",
    required: ["init_image", "style_image"],
    optional: ["prompt", "style_strength", "composition_fidelity", "change_strength", ...PLAIN],
  },
];

export const serviceOf = (family: string): Service | undefined =>
  SERVICES.find(({ model }) => family.startsWith(`stability.${model}-v`));

export const SERVICE_MODELS = new RegExp(`^stability\\.(${SERVICES.map(({ model }) => model).join("|")})-v`);
