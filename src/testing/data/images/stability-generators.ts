import { object, oneOf } from "../image-tools.ts";
import type { BodyShape, DataFamily, JsonObject } from "../image-tools.ts";
import { imagesProblem, USUAL_BOUNDS } from "./stability-bounds.ts";
import { MEMBERS } from "./stability-members.ts";
import { paintByRatio, paintOver } from "./stability-paint.ts";
import { stabilityReply } from "./stability-reply.ts";
import { detail, refuseGenerator } from "./stability-wording.ts";

const { prompt, negative_prompt, seed, output_format, aspect_ratio, image, strength } = MEMBERS;
const mode = oneOf("text-to-image", "image-to-image");
const textMode = oneOf("text-to-image");
/** Core and Ultra write no WebP. */
const noWebp = oneOf("jpeg", "png");

interface Generator {
  name: string;
  models: RegExp;
  optional: Record<string, BodyShape>;
  check?(body: JsonObject): string | undefined;
  /** How much of an image is painted over, where `strength` does not say so. */
  strength?: number;
}

/**
 * Stability's models that paint from a prompt. Source: AWS's guide to each; that the second versions of Core and Ultra
 * refuse `mode`, `image` and `strength` is what people have met who called them.
 */
const GENERATORS: readonly Generator[] = [
  {
    name: "Stable Diffusion 3 and 3.5",
    models: /^stability\.sd3-/,
    optional: { negative_prompt, mode, strength, seed, output_format, image, aspect_ratio },
    check: modeProblem,
  },
  {
    name: "Stable Image Ultra 1.0",
    models: /^stability\.stable-image-ultra-v1:0/,
    optional: { negative_prompt, mode: textMode, strength, seed, output_format: noWebp, image, aspect_ratio },
    strength: 0.35,
  },
  {
    name: "Stable Image Core 1.0",
    models: /^stability\.stable-image-core-v1:0/,
    optional: { negative_prompt, mode: textMode, seed, output_format: noWebp, aspect_ratio },
  },
  {
    name: "Stable Image Ultra and Core 1.1",
    models: /^stability\.stable-image-(ultra|core)-v1:1/,
    optional: { negative_prompt, seed, output_format: noWebp, aspect_ratio },
  },
];

export const STABILITY_GENERATORS: readonly DataFamily[] = GENERATORS.map(familyOf);

function familyOf({ name, models, optional, check, strength: usual = 1 }: Generator): DataFamily {
  const overImage = paintOver("image", ({ strength: own = usual }) => Number(own));
  return {
    name,
    models,
    shape: () => object({ prompt }, optional),
    refuse: refuseGenerator(["prompt", ...Object.keys(optional)]),
    check: (body) => check?.(body) ?? imagesProblem(body, USUAL_BOUNDS),
    answer: (body, { baseId }) => ({
      body: stabilityReply(body, baseId, body["image"] === undefined ? paintByRatio : overImage),
    }),
  };
}

/** What each mode needs, and what only the other one takes. */
const MODES: Record<string, { needs: readonly string[]; refuses: readonly string[] }> = {
  "text-to-image": { needs: [], refuses: ["image", "strength"] },
  "image-to-image": { needs: ["image", "strength"], refuses: ["aspect_ratio"] },
};

function modeProblem(body: JsonObject): string | undefined {
  const mode = String(body["mode"] ?? "text-to-image");
  const { needs = [], refuses = [] } = MODES[mode] ?? {};
  const missing = needs.find((name) => body[name] === undefined);
  if (missing !== undefined) return detail(`${missing}: is required for ${mode} requests`);
  const other = refuses.find((name) => body[name] !== undefined);
  return other && detail(`${other}: is not valid for ${mode} requests`);
}
