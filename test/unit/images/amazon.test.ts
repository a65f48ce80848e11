import { describe, expect, it } from "vitest";
import { AMAZON } from "../../../src/images/families/amazon.ts";
import type { ImageTask } from "../../../src/images/family.ts";
import {
  callsOf,
  DRAWN,
  ends,
  halfTransparent,
  opaquePng,
  picture,
  pixelsOf,
} from "../../support/image-tasks.ts";

const CANVAS = "amazon.nova-canvas-v1:0";
const TITAN = "amazon.titan-image-generator-v2:0";
const TITAN_V1 = "amazon.titan-image-generator-v1:0";

const calls = (asked: Partial<ImageTask> = {}, model = CANVAS) => callsOf(AMAZON, model, asked);
const bodyOf = async (asked: Partial<ImageTask> = {}, model = CANVAS) =>
  (await calls(asked, model)).bodies[0]!;
const edit = (asked: Partial<ImageTask>): Partial<ImageTask> => ({
  endpoint: "edits",
  images: [picture()],
  ...asked,
});

describe("the task of a request", () => {
  it.each<[string, Partial<ImageTask>, string]>([
    ["words alone", {}, "TEXT_IMAGE"],
    ["colours", { own: { colors: ["#fff000"] } }, "COLOR_GUIDED_GENERATION"],
    ["a variation", { endpoint: "variations", images: [picture()] }, "IMAGE_VARIATION"],
    ["an edit without a mask", edit({}), "IMAGE_VARIATION"],
    ["an edit of an opaque PNG", edit({ images: [opaquePng(320, 320)] }), "IMAGE_VARIATION"],
    ["an edit of a PNG with a hole", edit({ images: [halfTransparent(320, 320)] }), "INPAINTING"],
    ["an edit with words for a mask", edit({ own: { maskPrompt: "the cat" } }), "INPAINTING"],
    [
      "the same with a mode of outpainting",
      edit({ own: { maskPrompt: "the cat", outPaintingMode: "PRECISE" } }),
      "OUTPAINTING",
    ],
    ["a transparent background and no words", edit({ prompt: "", transparent: true }), "BACKGROUND_REMOVAL"],
    [
      "an object of a task's parameters",
      { own: { colorGuidedGenerationParams: { colors: ["#fff000"] } } },
      "COLOR_GUIDED_GENERATION",
    ],
    ["what the caller calls it", edit({ own: { taskType: "INPAINTING", maskPrompt: "x" } }), "INPAINTING"],
  ])("%s", async (_, asked, type) => {
    expect(await bodyOf(asked)).toMatchObject({ taskType: type });
  });

  it("that the model does not do is refused with those that it does", async () => {
    const refused = calls({ own: { colors: ["#fff000"] } }, TITAN_V1);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      code: "unsupported_value",
      param: "taskType",
    });
    await expect(calls({ own: { taskType: "__proto__" } })).rejects.toMatchObject({
      status: 400,
      param: "taskType",
    });
    for (const taskType of [5, ["TEXT_IMAGE"], { toString: 1 }])
      await expect(calls({ own: { taskType } })).rejects.toMatchObject({ status: 400, param: "taskType" });
  });
});

describe("a picture from words", () => {
  it("has the caller's settings in AWS's words", async () => {
    const asked = {
      negativePrompt: "cats",
      quality: "premium",
      seed: 3,
      size: { width: 1536, height: 1024 },
    } as const;
    expect(await bodyOf({ ...asked, style: "Soft digital-painting", own: { cfgScale: 9 } })).toEqual({
      taskType: "TEXT_IMAGE",
      textToImageParams: { text: "An otter", negativeText: "cats", style: "SOFT_DIGITAL_PAINTING" },
      imageGenerationConfig: {
        numberOfImages: 1,
        width: 1536,
        height: 1024,
        quality: "premium",
        cfgScale: 9,
        seed: 3,
      },
    });
  });

  it("has another seed each time: Titan's own is always 42", async () => {
    expect(await bodyOf()).toMatchObject({ imageGenerationConfig: { seed: DRAWN } });
  });

  it("gives the caller's own objects the last word, key by key", async () => {
    const own = {
      textToImageParams: { text: "A seal", controlMode: "CANNY_EDGE" },
      imageGenerationConfig: { width: 512, seed: 9, numberOfImages: 2 },
    };
    expect(await bodyOf({ own, negativePrompt: "cats", size: { width: 1024, height: 1024 } })).toEqual({
      taskType: "TEXT_IMAGE",
      textToImageParams: { text: "A seal", negativeText: "cats", controlMode: "CANNY_EDGE" },
      imageGenerationConfig: { numberOfImages: 2, width: 512, height: 1024, seed: 9 },
    });
  });

  it("takes an image for its layout only where the caller says how to read it", async () => {
    const images = [picture({ base64: "/9j/layout" })];
    const laidOut = await calls({ images, own: { controlMode: "SEGMENTATION" } });
    expect(laidOut.bodies[0]).toMatchObject({
      textToImageParams: { conditionImage: "/9j/layout", controlMode: "SEGMENTATION" },
    });
    expect(laidOut.notes).toEqual([]);
    const plain = await calls({ images });
    expect(plain.bodies[0]).toMatchObject({ textToImageParams: { text: "An otter" } });
    expect(plain.notes).toEqual(["image: dropped"]);
    const old = await calls({ images, own: { controlMode: "SEGMENTATION" } }, TITAN_V1);
    expect(old.bodies[0]).toMatchObject({ textToImageParams: { text: "An otter" } });
    expect(old.notes).toEqual(["image: dropped", "controlMode: dropped"]);
  });

  it("names what has no place: a style that is none, another format, another task's parameter", async () => {
    const { bodies, notes } = await calls({
      style: "natural",
      outputFormat: "webp",
      transparent: true,
      own: { similarityStrength: 0.5 },
    });
    expect(bodies[0]).toMatchObject({ textToImageParams: { text: "An otter" } });
    expect(notes).toEqual([
      "background: dropped",
      "output_format: dropped",
      "similarityStrength: dropped",
      "style: dropped",
    ]);
  });

  it("keeps what only AWS knows where the caller asked for it by AWS's name", async () => {
    expect(await bodyOf({ own: { brandNew: { on: true } } })).toMatchObject({ brandNew: { on: true } });
  });

  it("makes the nearest size, and says so", async () => {
    const { bodies, notes } = await calls({ size: { width: 256, height: 256 } }, TITAN);
    expect(bodies[0]).toMatchObject({ imageGenerationConfig: { width: 512, height: 512 } });
    expect(notes).toEqual(["size: clamped"]);
  });
});

describe("more pictures than a call makes", () => {
  it("are made in calls whose seeds lie apart", async () => {
    const { bodies, counts } = await calls({ n: 10, seed: 100 });
    expect(counts).toEqual([5, 5]);
    expect(bodies.map((body) => body["imageGenerationConfig"])).toEqual([
      { numberOfImages: 5, seed: 100 },
      { numberOfImages: 5, seed: 105 },
    ]);
    expect((await calls({ n: 7 })).counts).toEqual([5, 2]);
  });

  it.each([
    [CANVAS, 858_993_459],
    [TITAN, 2_147_483_646],
  ])("never have a seed beyond the last of %s", async (model, last) => {
    const { bodies } = await calls({ n: 10, seed: last }, model);
    expect(bodies[1]).toMatchObject({ imageGenerationConfig: { seed: 5 } });
    await expect(calls({ seed: last + 1 }, model)).rejects.toMatchObject({
      status: 400,
      code: "integer_above_max_value",
      param: "seed",
    });
  });

  it.each([0, 11, 1e9, 2.5, "many"])(
    "%s of the caller's own counting are refused",
    async (numberOfImages) => {
      const refused = calls({ own: { imageGenerationConfig: { numberOfImages } } });
      await expect(refused).rejects.toMatchObject({ status: 400, param: "numberOfImages" });
    },
  );
});

describe("painting into a picture", () => {
  it("turns OpenAI's mask into black where it is transparent, and asks for no size", async () => {
    const mask = halfTransparent(512, 512, "mask");
    const { bodies, notes } = await calls(edit({ mask, size: { width: 1024, height: 512 }, n: 2 }));
    const { maskImage, ...params } = bodies[0]!["inPaintingParams"] as Record<string, unknown>;
    expect(params).toEqual({ image: "/9j/", text: "An otter" });
    expect(ends(maskImage)).toEqual([0, 255]);
    expect(bodies[0]!["imageGenerationConfig"]).toEqual({ numberOfImages: 2, seed: DRAWN });
    expect(notes).toEqual(["size: dropped"]);
  });

  it("does not call the size lost that the picture has", async () => {
    const mask = halfTransparent(512, 512, "mask");
    expect((await calls(edit({ mask, size: { width: 512, height: 512 } }))).notes).toEqual([]);
  });

  it("outside of it turns the same mask into white where it is transparent", async () => {
    const mask = halfTransparent(512, 512, "mask");
    const body = await bodyOf(edit({ mask, own: { outPaintingMode: "PRECISE" } }));
    const { maskImage, outPaintingMode } = body["outPaintingParams"] as Record<string, unknown>;
    expect([...ends(maskImage), outPaintingMode]).toEqual([255, 0, "PRECISE"]);
  });

  it("takes the image's own transparency, and sends the image opaque, as AWS wants it", async () => {
    const { bodies, notes } = await calls(edit({ images: [halfTransparent(512, 512)] }));
    const { image, maskImage } = bodies[0]!["inPaintingParams"] as Record<string, unknown>;
    expect(ends(maskImage)).toEqual([0, 255]);
    expect(pixelsOf(image).row(0).subarray(0, 4)).toEqual(Uint8Array.of(255, 255, 255, 255));
    expect(notes).toEqual(["image: emulated"]);
  });

  it("goes by the caller's words where there is a mask too, and says so", async () => {
    const asked = edit({ mask: halfTransparent(512, 512, "mask"), own: { maskPrompt: "the cat" } });
    const { bodies, notes } = await calls(asked);
    expect(bodies[0]!["inPaintingParams"]).toEqual({
      image: "/9j/",
      text: "An otter",
      maskPrompt: "the cat",
    });
    expect(notes).toEqual(["mask: dropped"]);
  });

  it("without a word of where is refused", async () => {
    const refused = calls(edit({ own: { taskType: "INPAINTING" } }));
    await expect(refused).rejects.toMatchObject({ code: "missing_required_parameter", param: "mask" });
  });

  it("erases without a prompt, but Titan wants one to paint around", async () => {
    const mask = halfTransparent(512, 512, "mask");
    expect(await bodyOf(edit({ prompt: "", mask }))).not.toHaveProperty("inPaintingParams.text");
    const around = edit({ prompt: "", mask, own: { outPaintingMode: "DEFAULT" } });
    await expect(calls(around, TITAN)).rejects.toMatchObject({ param: "prompt" });
    expect(await bodyOf(around)).toMatchObject({ taskType: "OUTPAINTING" });
  });
});

describe("other tasks with pictures", () => {
  it("vary up to five, and name those beyond", async () => {
    const images = Array.from({ length: 6 }, (_, index) =>
      picture({ base64: `/9j/000${index}`, param: `image[${index}]` }),
    );
    const { bodies, notes } = await calls({ endpoint: "variations", prompt: "", images });
    expect(bodies[0]!["imageVariationParams"]).toEqual({
      images: ["/9j/0000", "/9j/0001", "/9j/0002", "/9j/0003", "/9j/0004"],
    });
    expect(notes).toEqual(["image[5]: dropped"]);
  });

  it("remove a background without any setting, once", async () => {
    const { bodies, notes } = await calls(edit({ prompt: "", transparent: true, n: 3, seed: 5 }));
    expect(bodies).toEqual([{ taskType: "BACKGROUND_REMOVAL", backgroundRemovalParams: { image: "/9j/" } }]);
    expect(notes).toEqual(["seed: dropped", "n: clamped"]);
  });

  it("try a garment on, by a mask or by its name", async () => {
    const images = [picture({ base64: "/9j/person" }), picture({ base64: "/9j/coat", param: "image[1]" })];
    const own = { taskType: "VIRTUAL_TRY_ON", garmentBasedMask: { garmentClass: "UPPER_BODY" } };
    expect(await bodyOf(edit({ prompt: "", images, own }))).toMatchObject({
      virtualTryOnParams: {
        sourceImage: "/9j/person",
        referenceImage: "/9j/coat",
        maskType: "GARMENT",
        garmentBasedMask: { garmentClass: "UPPER_BODY" },
      },
    });
    const masked = await bodyOf(
      edit({
        prompt: "",
        images,
        mask: halfTransparent(512, 512, "mask"),
        own: { taskType: "VIRTUAL_TRY_ON" },
      }),
    );
    const { maskType, imageBasedMask } = masked["virtualTryOnParams"] as Record<
      string,
      { maskImage: string }
    >;
    expect([maskType, ...ends(imageBasedMask!.maskImage)]).toEqual(["IMAGE", 0, 255]);
    const bare = calls(edit({ prompt: "", images, own: { taskType: "VIRTUAL_TRY_ON" } }));
    await expect(bare).rejects.toMatchObject({ param: "maskType" });
  });

  it("says that a mask which it is asked to give back has no place in an answer", async () => {
    const images = [picture({ base64: "/9j/person" }), picture({ base64: "/9j/coat", param: "image[1]" })];
    const virtualTryOnParams = { garmentBasedMask: { garmentClass: "UPPER_BODY" }, returnMask: true };
    const { notes } = await calls(edit({ prompt: "", images, own: { virtualTryOnParams } }));
    expect(notes).toEqual(["returnMask: dropped"]);
  });

  it.each<[string, Partial<ImageTask>, string]>([
    ["a variation of nothing", { endpoint: "variations" }, "image"],
    ["a painting without words", { prompt: "" }, "prompt"],
    ["colours without words", { prompt: "", own: { colors: ["#fff000"] } }, "prompt"],
    ["one of two pictures", edit({ own: { taskType: "VIRTUAL_TRY_ON", maskType: "PROMPT" } }), "image[1]"],
  ])("%s is refused", async (_, asked, param) => {
    await expect(calls(asked)).rejects.toMatchObject({ code: "missing_required_parameter", param });
  });
});

describe("what AWS would refuse", () => {
  it("is refused before: a longer prompt is never cut", async () => {
    const long = calls({ prompt: "x".repeat(513) }, TITAN);
    await expect(long).rejects.toMatchObject({
      status: 400,
      code: "string_above_max_length",
      param: "prompt",
    });
    expect((await calls({ prompt: "🦦".repeat(512) }, TITAN)).bodies).toHaveLength(1);
    expect((await calls({ prompt: "x".repeat(1024) })).bodies).toHaveLength(1);
    const negative = calls({ negativePrompt: "x".repeat(1025) });
    await expect(negative).rejects.toMatchObject({ param: "negative_prompt" });
  });

  it.each<[string, string, Parameters<typeof picture>[0]]>([
    ["a GIF", CANVAS, { format: "gif" }],
    ["a small image for Canvas", CANVAS, { width: 300, height: 400 }],
    ["a narrow image for Canvas", CANVAS, { width: 320, height: 1600 }],
    ["a large image for Titan", TITAN, { width: 5000, height: 1000 }],
    ["a file of more than 5 MB for Titan", TITAN, { base64: "A".repeat(7_000_000) }],
  ])("%s", async (_, model, more) => {
    const refused = calls(edit({ images: [picture(more)] }), model);
    await expect(refused).rejects.toMatchObject({ status: 400, code: "invalid_value", param: "image" });
  });
});

describe("an answer", () => {
  const read = (answer: Record<string, unknown>, count = 1) =>
    AMAZON.read(answer, { body: { imageGenerationConfig: { seed: 3 } }, count });

  it("has the seed of a single picture; of several AWS does not tell it", () => {
    expect(read({ images: ["a"], error: null }).images).toEqual([{ base64: "a", seed: 3 }]);
    expect(read({ images: ["a", "b"] }, 2).images).toEqual([{ base64: "a" }, { base64: "b" }]);
  });

  it("tells what a filter held back, in either form", () => {
    const error = "Some of the generated images have been blocked by our content filters.";
    expect(read({ images: ["a"], error }, 2)).toMatchObject({ images: [{ base64: "a" }], withheld: error });
    const details = { "Moderation Reasons": ["Derivative Works Filter"] };
    expect(read({ status: "Request Moderated", details }).withheld).toContain("Derivative Works Filter");
  });

  it("that failed is no filter's", () => {
    expect(() => read({ error: "Unexpected failure" })).toThrow(
      expect.objectContaining({ status: 500, code: "model_error" }) as Error,
    );
  });
});
