import { describe, expect, it } from "vitest";
import type { ImageTask } from "../../../src/images/family.ts";
import { STABLE_IMAGE } from "../../../src/images/families/stable-image.ts";
import { callsOf, DRAWN, picture } from "../../support/image-tasks.ts";

const SD35 = "stability.sd3-5-large-v1:0";
const ULTRA = "stability.stable-image-ultra-v1:0";
const CORE = "stability.stable-image-core-v1:1";

const calls = (asked: Partial<ImageTask> = {}, model = SD35) => callsOf(STABLE_IMAGE, model, asked);
const edit = { endpoint: "edits", images: [picture()] } as const;

describe("a size where only shapes are made", () => {
  it.each([
    [1024, 1024, "1:1", []],
    [1344, 768, "16:9", []],
    [512, 512, "1:1", ["size: clamped"]],
    [1536, 1024, "3:2", ["size: clamped"]],
    [1024, 1792, "9:16", ["size: clamped"]],
    [100, 900, "9:21", ["size: clamped"]],
  ])("%ix%i is %s, and is named where it is not exact", async (width, height, aspect_ratio, notes) => {
    const made = await calls({ size: { width, height } });
    expect(made.bodies[0]).toMatchObject({ aspect_ratio });
    expect(made.notes).toEqual(notes);
  });

  it("is the caller's own shape before that", async () => {
    const made = await calls({ size: { width: 512, height: 512 }, own: { aspect_ratio: "21:9" } });
    expect(made.bodies[0]).toMatchObject({ aspect_ratio: "21:9" });
    expect(made.notes).toEqual([]);
  });
});

describe("Stable Diffusion 3.5", () => {
  it("has the caller's settings in Stability's words, and a seed for each picture", async () => {
    const { bodies } = await calls({ negativePrompt: "cats", outputFormat: "webp", n: 2 });
    const body = { prompt: "An otter", negative_prompt: "cats", output_format: "webp" };
    expect(bodies).toEqual([
      { ...body, seed: DRAWN },
      { ...body, seed: DRAWN + 1 },
    ]);
  });

  it("from an image is told how far to leave it, and no shape", async () => {
    const { bodies, notes } = await calls({ ...edit, own: { aspect_ratio: "1:1" } });
    expect(bodies[0]).toEqual({
      prompt: "An otter",
      mode: "image-to-image",
      image: "/9j/",
      strength: 0.7,
      seed: DRAWN,
    });
    expect(notes).toEqual(["aspect_ratio: dropped", "strength: added"]);
    expect((await calls({ ...edit, own: { strength: 0.2 } })).notes).toEqual([]);
  });

  it("refuses what AWS would", async () => {
    await expect(calls({ prompt: "" })).rejects.toMatchObject({ param: "prompt" });
    await expect(calls({ prompt: "x".repeat(10_001) })).rejects.toMatchObject({
      code: "string_above_max_length",
    });
    await expect(calls({ own: { mode: "image-to-image" } })).rejects.toMatchObject({ param: "image" });
    const against = calls({ ...edit, own: { mode: "text-to-image" } });
    await expect(against).rejects.toMatchObject({ param: "image" });
    await expect(calls({ seed: 4_294_967_295 })).rejects.toMatchObject({ param: "seed" });
    const narrow = { endpoint: "edits", images: [picture({ width: 64, height: 512 })] } as const;
    await expect(calls(narrow)).rejects.toMatchObject({ code: "invalid_value", param: "image" });
  });
});

describe("Stable Image Ultra and Core", () => {
  it("make no WebP", async () => {
    const { bodies, notes } = await calls({ outputFormat: "webp" }, CORE);
    expect(bodies[0]).toMatchObject({ output_format: "png" });
    expect(notes).toEqual(["output_format: clamped"]);
  });

  it("start from an image where they can, and refuse it where it would be without effect", async () => {
    expect((await calls(edit, ULTRA)).bodies[0]).toEqual({ prompt: "An otter", image: "/9j/", seed: DRAWN });
    const refused = calls(edit, CORE);
    await expect(refused).rejects.toMatchObject({ code: "unsupported_parameter", param: "image" });
  });

  it("are not told a mode by those versions that refuse it", async () => {
    const { bodies, notes } = await calls({ own: { mode: "text-to-image" } }, CORE);
    expect(bodies[0]).toEqual({ prompt: "An otter", seed: DRAWN });
    expect(notes).toEqual(["mode: dropped"]);
  });
});

describe("Stability's answer", () => {
  const read = (answer: Record<string, unknown>) => STABLE_IMAGE.read(answer, { body: {}, count: 1 });

  it("has the seed that made it", () => {
    const made = read({ images: ["a"], seeds: [3], finish_reasons: [null] });
    expect(made).toEqual({ images: [{ base64: "a", seed: 3 }], withheld: undefined });
    expect(read({ images: ["a"], seeds: [3], finish_reasons: ["SUCCESS"] }).images).toHaveLength(1);
  });

  it("says in a 200 that it was filtered", () => {
    expect(read({ finish_reasons: ["Filter reason: prompt"] })).toEqual({
      images: [],
      withheld: "Filter reason: prompt",
    });
    expect(read({ images: ["blurred"], finish_reasons: ["CONTENT_FILTERED"] }).images).toEqual([]);
  });

  it("says in a 200 that it failed", () => {
    expect(() => read({ finish_reasons: ["Inference error"] })).toThrow(
      expect.objectContaining({ status: 500, code: "model_error" }) as Error,
    );
  });
});
