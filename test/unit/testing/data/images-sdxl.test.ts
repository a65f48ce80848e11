import { describe, expect, it } from "vitest";
import { answerOf, refusal, verdictOf } from "../invoke/call.ts";
import type { Body } from "../support.ts";
import { flat, halfMask, hueOf, png, readPicture } from "./pictures.ts";

const SDXL = "stability.stable-diffusion-xl-v1";
const SIDE = 64;
const GREEN = [0, 200, 0];
const image = flat(SIDE, SIDE, ...GREEN);
const asks = (text: string, more: Body = {}): Body => ({ text_prompts: [{ text }], ...more });
const over = (more: Body = {}) => asks("a red fox", { init_image: image, ...more });

interface Artifact {
  seed: number;
  base64: string;
  finishReason: string;
}
const artifactOf = async (body: Body, model = SDXL) => {
  const { artifacts } = (await answerOf(model, body)) as { artifacts: Artifact[] };
  if (!artifacts[0]) throw new Error("no artifact");
  return artifacts[0];
};
const pictureOf = async (body: Body) => readPicture((await artifactOf(body)).base64);
const halves = ({ at }: ReturnType<typeof readPicture>) => [at(5, 30), at(60, 30)];

describe("what SDXL refuses", () => {
  const dimensions = (size: string) =>
    "400 for stable-diffusion-xl-1024-v0-9 and stable-diffusion-xl-1024-v1-0 the allowed dimensions are 1024x1024, " +
    "1152x896, 1216x832, 1344x768, 1536x640, 640x1536, 768x1344, 832x1216, 896x1152, " +
    `but we received ${size}`;
  it.each<[string, Body, string]>([
    ["no prompts", {}, refusal("#: required key [text_prompts] not found")],
    ["a prompt of Stability's later models", { prompt: "a" }, refusal("2 schema violations found")],
    [
      "an empty list of prompts",
      { text_prompts: [] },
      refusal("#/text_prompts: expected minimum item count: 1, found: 0"),
    ],
    [
      "a long prompt",
      asks("a".repeat(2001)),
      refusal("#/text_prompts/0/text: expected maxLength: 2000, actual: 2001"),
    ],
    [
      "a broken weight",
      { text_prompts: [{ text: "a", weight: "1" }] },
      refusal("#/text_prompts/0/weight: expected type: Number, found: String"),
    ],
    ["OpenAI's smallest size", asks("a", { width: 256, height: 256 }), dimensions("256x256")],
    ["one side alone", asks("a", { width: 1152 }), dimensions("1152x1024")],
    ["two samples", asks("a", { samples: 2 }), refusal("#/samples: 2 is not less or equal to 1")],
    ["a high scale", asks("a", { cfg_scale: 36 }), refusal("#/cfg_scale: 36 is not less or equal to 35")],
    ["few steps", asks("a", { steps: 9 }), refusal("#/steps: 9 is not greater or equal to 10")],
    ["many steps", asks("a", { steps: 51 }), refusal("#/steps: 51 is not less or equal to 50")],
    [
      "an unknown style",
      asks("a", { style_preset: "vivid" }),
      refusal("#/style_preset: vivid is not a valid enum value"),
    ],
    [
      "an unknown sampler",
      asks("a", { sampler: "EULER" }),
      refusal("#/sampler: EULER is not a valid enum value"),
    ],
    ["a number of pictures", asks("a", { n: 1 }), refusal("#: extraneous key [n] is not permitted")],
    ["a size beside an image", over({ width: 1024 }), refusal("#: extraneous key [width] is not permitted")],
    [
      "a strength without an image",
      asks("a", { image_strength: 0.5 }),
      refusal("#: required key [init_image] not found"),
    ],
    [
      "a mask without its source",
      over({ mask_image: image }),
      refusal("#: required key [mask_source] not found"),
    ],
    [
      "a source without its mask",
      over({ mask_source: "MASK_IMAGE_WHITE" }),
      refusal("#: required key [mask_image] not found"),
    ],
    ["an image that is none", over({ init_image: "aGVsbG8=" }), "400 init_image: could not decode the image"],
    [
      "a mask of another size",
      over({ mask_source: "MASK_IMAGE_WHITE", mask_image: flat(32, 64, 0, 0, 0) }),
      "400 mask_image must have the dimensions of init_image: 32x64 is not 64x64",
    ],
  ])("%s", async (_, body, expected) => {
    expect(await verdictOf(SDXL, body)).toBe(expected);
  });

  it("takes everything that it knows", async () => {
    const everything = asks("a", {
      width: 1152,
      height: 896,
      cfg_scale: 7,
      clip_guidance_preset: "NONE",
      sampler: "K_EULER",
      samples: 1,
      seed: 4_294_967_295,
      steps: 30,
      style_preset: "anime",
      extras: {},
    });
    expect(await verdictOf(SDXL, everything)).toBe("accepted");
  });
});

describe("what SDXL paints", () => {
  it("comes as one artifact, with its seed", async () => {
    expect(await answerOf(SDXL, asks("a fox", { seed: 5 }))).toEqual({
      result: "success",
      artifacts: [{ seed: 5, base64: expect.any(String), finishReason: "SUCCESS" }],
    });
    expect((await artifactOf(asks("a fox", { seed: 5 }), "stability.stable-diffusion-xl-v0")).seed).toBe(5);
  });

  it("has the size asked for, and the colour of the prompts that weigh", async () => {
    const body = {
      text_prompts: [{ text: "red", weight: -1 }, { text: "a blue fox" }],
      width: 1536,
      height: 640,
    };
    const picture = await pictureOf(body);
    expect(picture).toMatchObject({ width: 1536, height: 640 });
    expect(hueOf(picture.average())).toBe("blue");
  });

  it("is the same for the same seed, and another one for another", async () => {
    const { base64 } = await artifactOf(asks("a red fox", { seed: 1 }));
    expect((await artifactOf(asks("a red fox", { seed: 1 }))).base64).toBe(base64);
    expect((await artifactOf(asks("a red fox", { seed: 2 }))).base64).not.toBe(base64);
  });

  it("leaves of an image what its strength says", async () => {
    expect((await pictureOf(over({ image_strength: 1 }))).average()).toEqual(GREEN);
    const picture = await pictureOf(over({ image_strength: 0 }));
    expect(picture).toMatchObject({ width: SIDE, height: SIDE });
    expect(hueOf(picture.average())).toBe("red");
  });

  it("goes where the mask is white, or black, or the image transparent", async () => {
    const mask_image = halfMask(SIDE, SIDE);
    const [black, white = []] = halves(
      await pictureOf(over({ mask_source: "MASK_IMAGE_WHITE", mask_image })),
    );
    expect([black, hueOf(white)]).toEqual([GREEN, "red"]);
    const [painted = [], kept] = halves(
      await pictureOf(over({ mask_source: "MASK_IMAGE_BLACK", mask_image })),
    );
    expect([hueOf(painted), kept]).toEqual(["red", GREEN]);
    const hole = png(SIDE, SIDE, (x) => [...GREEN, x < 32 ? 0 : 255]);
    const [clear = [], opaque] = halves(
      await pictureOf(over({ init_image: hole, mask_source: "INIT_IMAGE_ALPHA" })),
    );
    expect([hueOf(clear), opaque]).toEqual(["red", GREEN]);
  });

  it.each(["nsfw", "filtered-output"])("comes blurred when it is filtered: %s", async (word) => {
    const { base64, finishReason } = await artifactOf(asks(`a ${word} red fox`));
    expect(finishReason).toBe("CONTENT_FILTERED");
    const picture = readPicture(base64);
    expect(picture).toMatchObject({ width: 1024, height: 1024 });
    expect(hueOf(picture.average())).toBe("mixed");
  });

  it("may fail", async () => {
    expect((await artifactOf(asks("inference-error"))).finishReason).toBe("ERROR");
  });
});
