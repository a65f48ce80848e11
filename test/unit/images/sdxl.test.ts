import { describe, expect, it } from "vitest";
import type { ImageTask } from "../../../src/images/family.ts";
import { SDXL } from "../../../src/images/families/sdxl.ts";
import { callsOf, DRAWN, ends, halfTransparent, opaquePng, picture } from "../../support/image-tasks.ts";

const calls = (asked: Partial<ImageTask> = {}) => callsOf(SDXL, "stability.stable-diffusion-xl-v1", asked);

describe("SDXL from words", () => {
  it("weighs what is not wanted against what is", async () => {
    const { bodies } = await calls({
      negativePrompt: "cats",
      style: "Pixel art",
      own: { steps: 30, cfg_scale: 8 },
    });
    expect(bodies).toEqual([
      {
        text_prompts: [
          { text: "An otter", weight: 1 },
          { text: "cats", weight: -1 },
        ],
        style_preset: "pixel-art",
        steps: 30,
        cfg_scale: 8,
        seed: DRAWN,
      },
    ]);
  });

  it("makes the nearest of nine sizes: LiteLLM's guide asks for 128x512", async () => {
    const { bodies, notes } = await calls({ size: { width: 128, height: 512 }, seed: 30 });
    expect(bodies[0]).toMatchObject({ width: 640, height: 1536, seed: 30 });
    expect(notes).toEqual(["size: clamped"]);
    expect((await calls({ size: { width: 1216, height: 832 } })).notes).toEqual([]);
  });

  it("makes one picture a call, each with the next seed", async () => {
    const { bodies, counts } = await calls({ n: 3, seed: 4_294_967_294 });
    expect(counts).toEqual([1, 1, 1]);
    // 0 would be "by chance".
    expect(bodies.map(({ seed }) => seed)).toEqual([4_294_967_294, 4_294_967_295, 1]);
  });

  it("takes the caller's own weighing in the place of a prompt", async () => {
    const text_prompts = [{ text: "A seal", weight: 0.5 }];
    expect((await calls({ prompt: "", own: { text_prompts } })).bodies[0]).toMatchObject({ text_prompts });
  });

  it("refuses no prompt, and one that is too long", async () => {
    await expect(calls({ prompt: "" })).rejects.toMatchObject({
      code: "missing_required_parameter",
      param: "prompt",
    });
    await expect(calls({ prompt: "x".repeat(2001) })).rejects.toMatchObject({
      code: "string_above_max_length",
    });
  });

  it("names what it has no use for", async () => {
    const asked = {
      quality: "premium",
      outputFormat: "webp",
      style: "natural",
      own: { image_strength: 0.5 },
    } as const;
    expect((await calls(asked)).notes).toEqual([
      "quality: dropped",
      "output_format: dropped",
      "image_strength: dropped",
      "style: dropped",
    ]);
  });
});

describe("SDXL from an image", () => {
  const edit = (asked: Partial<ImageTask>) => calls({ endpoint: "edits", images: [picture()], ...asked });

  it("has the image's size", async () => {
    const { bodies, notes } = await edit({
      size: { width: 1024, height: 1024 },
      own: { image_strength: 0.5, width: 64 },
    });
    expect(bodies[0]).toEqual({
      text_prompts: [{ text: "An otter", weight: 1 }],
      init_image: "/9j/",
      image_strength: 0.5,
      seed: DRAWN,
    });
    expect(notes).toEqual(["size: dropped", "width: dropped"]);
  });

  it("paints where OpenAI's mask is transparent: white", async () => {
    const [body] = (await edit({ mask: halfTransparent(512, 512, "mask") })).bodies;
    expect([body!["mask_source"], ...ends(body!["mask_image"])]).toEqual(["MASK_IMAGE_WHITE", 255, 0]);
  });

  it("paints where the image itself is transparent", async () => {
    const hole = await edit({ images: [halfTransparent(512, 512)] });
    expect(hole.bodies[0]).toMatchObject({ mask_source: "INIT_IMAGE_ALPHA" });
    const whole = await edit({ images: [opaquePng(512, 512)] });
    expect(whole.bodies[0]).not.toHaveProperty("mask_source");
  });

  it("leaves the mask to a caller who says how it is to be read", async () => {
    const own = { mask_source: "MASK_IMAGE_BLACK", mask_image: "iVBOR" };
    const { bodies, notes } = await edit({ mask: halfTransparent(512, 512, "mask"), own });
    expect(bodies[0]).toMatchObject(own);
    expect(notes).toEqual(["mask: dropped"]);
  });

  it("takes no GIF", async () => {
    await expect(edit({ images: [picture({ format: "gif" })] })).rejects.toMatchObject({ param: "image" });
  });
});

describe("SDXL's answer", () => {
  const read = (...artifacts: object[]) =>
    SDXL.read({ result: "success", artifacts }, { body: {}, count: 1 });

  it("has the seed that made it", () => {
    expect(read({ base64: "a", seed: 30, finishReason: "SUCCESS" }).images).toEqual([
      { base64: "a", seed: 30 },
    ]);
  });

  it("that is blurred for its content is none", () => {
    const made = read({ base64: "a", seed: 30, finishReason: "CONTENT_FILTERED" });
    expect(made.images).toEqual([]);
    expect(made.withheld).toBeDefined();
  });

  it("that failed is the server's failure", () => {
    expect(() => read({ base64: "", finishReason: "ERROR" })).toThrow(
      expect.objectContaining({ status: 500, type: "server_error" }) as Error,
    );
  });
});
