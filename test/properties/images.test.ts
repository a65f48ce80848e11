import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BedrockOpenAIError } from "../../src/errors.ts";
import { imageFamilyOf } from "../../src/images/families.ts";
import type { ImageCall, ImageTask } from "../../src/images/family.ts";
import { createNotes } from "../../src/reception/notes.ts";
import { resolveBaseModel } from "../../src/testing/catalogue/model-id.ts";
import { DATA_FAMILIES } from "../../src/testing/data/families.ts";
import { checkBody } from "../../src/testing/invoke/check-body.ts";
import { malformedBody } from "../../src/testing/invoke/malformed.ts";
import { halfTransparent, opaquePng } from "../support/image-tasks.ts";

const MODELS = [
  "amazon.nova-canvas-v1:0",
  "amazon.titan-image-generator-v2:0",
  "amazon.titan-image-generator-v1",
  "stability.stable-diffusion-xl-v1",
  "stability.sd3-5-large-v1:0",
  ...["core-v1:0", "core-v1:1", "ultra-v1:0", "ultra-v1:1"].map((id) => `stability.stable-image-${id}`),
  ...[
    "stable-creative-upscale",
    "stable-conservative-upscale",
    "stable-fast-upscale",
    "stable-image-inpaint",
    "stable-outpaint",
    "stable-image-search-recolor",
    "stable-image-search-replace",
    "stable-image-erase-object",
    "stable-image-remove-background",
    "stable-image-control-sketch",
    "stable-image-control-structure",
    "stable-image-style-guide",
    "stable-style-transfer",
  ].map((service) => `stability.${service}-v1:0`),
];

const PICTURES = [opaquePng(320, 320), halfTransparent(320, 320), opaquePng(336, 400), opaquePng(64, 64)];

const anyPicture = fc.constantFrom(...PICTURES);
const maybe = <T>(...values: T[]): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, ...values);
const side = fc.constantFrom(1, 30, 320, 1000, 1024, 1536, 4096, 99_999);

/** The families' own parameters, each with a value that its model takes. */
const anyOwn = fc.record(
  {
    taskType: fc.constantFrom(
      "TEXT_IMAGE",
      "IMAGE_VARIATION",
      "INPAINTING",
      "OUTPAINTING",
      "BACKGROUND_REMOVAL",
    ),
    maskPrompt: fc.constant("the cat"),
    outPaintingMode: fc.constantFrom("DEFAULT", "PRECISE"),
    colors: fc.constant(["#ff0000"]),
    similarityStrength: fc.constant(0.5),
    controlMode: fc.constant("CANNY_EDGE"),
    garmentBasedMask: fc.constant({ garmentClass: "UPPER_BODY" }),
    cfgScale: fc.constant(5),
    mode: fc.constantFrom("text-to-image", "image-to-image"),
    strength: fc.constant(0.4),
    aspect_ratio: fc.constant("3:2"),
    image_strength: fc.constant(0.4),
    mask_source: fc.constant("INIT_IMAGE_ALPHA"),
    left: fc.constantFrom(0, 5),
    search_prompt: fc.constant("a cat"),
    select_prompt: fc.constant("a cat"),
    creativity: fc.constant(0.3),
    grow_mask: fc.constant(3),
    style_preset: fc.constant("anime"),
  },
  { requiredKeys: [] },
);

const anyTask: fc.Arbitrary<ImageTask> = fc.record({
  endpoint: fc.constantFrom("generations" as const, "edits" as const, "variations" as const),
  prompt: fc.constantFrom("", "An otter", "A seal", "x".repeat(3000)),
  images: fc.array(anyPicture, { maxLength: 6 }).map((images) =>
    images.map((image, index) => ({
      ...image,
      param: ["init_image", "style_image"][index - 4] ?? `image[${index}]`,
    })),
  ),
  mask: maybe(...PICTURES),
  n: fc.integer({ min: 1, max: 10 }),
  size: fc.option(fc.record({ width: side, height: side }), { nil: undefined }),
  quality: maybe("standard", "premium"),
  outputFormat: maybe("png", "jpeg", "webp"),
  style: maybe("natural", "anime", "photorealism"),
  negativePrompt: maybe("cats"),
  seed: maybe(0, 5, 858_993_459, 2_147_483_646, 4_294_967_295),
  transparent: fc.boolean(),
  own: anyOwn,
});

/** The calls, or undefined where the caller is told that it cannot be done. */
async function tryCalls(family: string, task: ImageTask): Promise<ImageCall[] | undefined> {
  // Only what the family knows reaches it.
  const { parameters, toCalls } = imageFamilyOf(family)!;
  const own = Object.fromEntries(
    Object.entries(task.own).filter(([name]) => Object.hasOwn(parameters, name)),
  );
  try {
    return await toCalls({ ...task, own }, { family, drawSeed: (max) => max, notes: createNotes() });
  } catch (thrown) {
    if (BedrockOpenAIError.isInstance(thrown) && thrown.status === 400 && thrown.param) return undefined;
    throw thrown;
  }
}

/** What AWS refuses of a body. */
function refusal(family: string, { body }: ImageCall): string | undefined {
  const model = resolveBaseModel(family);
  const { shape, refuse, check } = DATA_FAMILIES.find(({ models }) => models.test(family))!;
  const findings = checkBody(shape(model, body), body);
  return refuse?.(findings) ?? malformedBody(findings) ?? check?.(body, model);
}

describe("a body for an image model", () => {
  it.each(MODELS)("is never refused by AWS for what could have been foreseen: %s", async (family) => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(anyTask, async (task) => {
        const calls = (await tryCalls(family, task)) ?? [];
        sent += calls.length;
        for (const call of calls) expect(refusal(family, call)).toBeUndefined();
        const pictures = calls.reduce((sum, { count }) => sum + count, 0);
        if (calls.length > 0) expect([1, task.n]).toContain(pictures);
      }),
      { numRuns: 60 },
    );
    expect(sent).toBeGreaterThan(0);
  });
});
