import { describe, expect, it } from "vitest";
import { refusal, verdictOf } from "../invoke/call.ts";
import type { Body } from "../support.ts";
import { flat, header } from "./pictures.ts";

const image = flat(64, 64, 0, 200, 0);
const detail = (what: string) => `400 ${JSON.stringify({ detail: what })}`;

type Row = [danger: string, model: string, body: Body, expected: string];
const judge = (rows: Row[]) =>
  it.each(rows)("%s (%s)", async (_, model, body, expected) => {
    expect(await verdictOf(model, body)).toBe(expected);
  });

describe("the models that paint from a prompt", () => {
  const SD35 = "stability.sd3-5-large-v1:0";
  const CORE = "stability.stable-image-core-v1:1";
  const ULTRA = "stability.stable-image-ultra-v1:1";
  const ULTRA_1 = "stability.stable-image-ultra-v1:0";
  const missing = refusal("#: required key [prompt] not found");
  const onlyThese = (...fields: string[]) =>
    detail(`Invalid field in request. Available fields: [${fields.map((field) => `'${field}'`).join(", ")}]`);
  const all = onlyThese(
    "prompt",
    "negative_prompt",
    "mode",
    "strength",
    "seed",
    "output_format",
    "image",
    "aspect_ratio",
  );
  const plain = onlyThese("prompt", "negative_prompt", "seed", "output_format", "aspect_ratio");
  const over = { prompt: "a fox", mode: "image-to-image", image, strength: 0.5 };
  judge([
    ["need a prompt", SD35, { aspect_ratio: "1:1" }, missing],
    ["miss it before they see what is too much", CORE, { text_prompts: [] }, missing],
    ["take no size", SD35, { prompt: "a", width: 1024 }, all],
    ["take no size", ULTRA_1, { prompt: "a", size: "1024x1024" }, all],
    ["take no number of pictures", CORE, { prompt: "a", n: 1 }, plain],
    ["take no mode in their second version", CORE, { prompt: "a", mode: "text-to-image" }, plain],
    ["take no image in their second version", ULTRA, { prompt: "a", image }, plain],
    ["take one in their first", ULTRA_1, { prompt: "a", image }, "accepted"],
    [
      "take one mode in their first",
      ULTRA_1,
      { prompt: "a", mode: "image-to-image" },
      refusal("#/mode: image-to-image is not a valid enum value"),
    ],
    ["take no style", SD35, { prompt: "a", style_preset: "anime" }, all],
    [
      "write no WebP",
      CORE,
      { prompt: "a", output_format: "webp" },
      refusal("#/output_format: webp is not a valid enum value"),
    ],
    ["may write WebP", SD35, { prompt: "a", output_format: "webp" }, "accepted"],
    [
      "know nine ratios",
      ULTRA,
      { prompt: "a", aspect_ratio: "4:3" },
      refusal("#/aspect_ratio: 4:3 is not a valid enum value"),
    ],
    ["paint over an image", SD35, over, "accepted"],
    [
      "need an image to paint over",
      SD35,
      { ...over, image: undefined },
      detail("image: is required for image-to-image requests"),
    ],
    [
      "need to know how much to paint over",
      SD35,
      { ...over, strength: undefined },
      detail("strength: is required for image-to-image requests"),
    ],
    [
      "paint over in the image's own ratio",
      SD35,
      { ...over, aspect_ratio: "1:1" },
      detail("aspect_ratio: is not valid for image-to-image requests"),
    ],
    [
      "paint over no image without saying so",
      SD35,
      { prompt: "a", image },
      detail("image: is not valid for text-to-image requests"),
    ],
    [
      "paint over no small image",
      SD35,
      { ...over, image: header(63, 64) },
      detail("image: every side must be at least 64 pixels, got 63x64"),
    ],
  ]);
});
