import { describe, expect, it } from "vitest";
import { refusal, verdictOf } from "../invoke/call.ts";
import type { Body } from "../support.ts";
import { flat, header } from "./pictures.ts";

const image = flat(64, 64, 0, 200, 0);
const id = (service: string) => `us.stability.${service}-v1:0`;
const detail = (what: string) => `400 ${JSON.stringify({ detail: what })}`;

type Row = [danger: string, model: string, body: Body, expected: string];
const judge = (rows: Row[]) =>
  it.each(rows)("%s (%s)", async (_, model, body, expected) => {
    expect(await verdictOf(model, body)).toBe(expected);
  });

/** Of each service: the least it takes, and the names of all it takes, in the order it gives them. */
const SERVICES: Record<string, { name: string; least: Body; fields: string }> = {
  "stable-creative-upscale": {
    name: "creative-upscale",
    least: { image, prompt: "" },
    fields: "image, prompt, creativity, negative_prompt, seed, output_format, style_preset",
  },
  "stable-conservative-upscale": {
    name: "conservative-upscale",
    least: { image, prompt: "" },
    fields: "image, prompt, creativity, negative_prompt, seed, output_format",
  },
  "stable-fast-upscale": { name: "fast-upscale", least: { image }, fields: "image, output_format" },
  "stable-image-inpaint": {
    name: "inpaint",
    least: { image, prompt: "" },
    fields: "image, prompt, mask, grow_mask, negative_prompt, seed, output_format, style_preset",
  },
  "stable-outpaint": {
    name: "outpaint",
    least: { image, left: 1 },
    fields: "image, creativity, left, right, up, down, prompt, seed, output_format, style_preset",
  },
  "stable-image-search-recolor": {
    name: "search-recolor",
    least: { image, prompt: "", select_prompt: "" },
    fields: "image, prompt, select_prompt, grow_mask, negative_prompt, seed, output_format, style_preset",
  },
  "stable-image-search-replace": {
    name: "search-replace",
    least: { image, prompt: "", search_prompt: "" },
    fields: "image, prompt, search_prompt, grow_mask, negative_prompt, seed, output_format, style_preset",
  },
  "stable-image-erase-object": {
    name: "erase-object",
    least: { image },
    fields: "image, mask, grow_mask, seed, output_format",
  },
  "stable-image-remove-background": {
    name: "remove-background",
    least: { image },
    fields: "image, output_format",
  },
  "stable-image-control-sketch": {
    name: "control-sketch",
    least: { image, prompt: "" },
    fields: "image, prompt, control_strength, negative_prompt, seed, output_format, style_preset",
  },
  "stable-image-control-structure": {
    name: "control-structure",
    least: { image, prompt: "" },
    fields: "image, prompt, control_strength, negative_prompt, seed, output_format, style_preset",
  },
  "stable-image-style-guide": {
    name: "style-guide",
    least: { image, prompt: "" },
    fields: "image, prompt, aspect_ratio, fidelity, negative_prompt, seed, output_format, style_preset",
  },
  "stable-style-transfer": {
    name: "style-transfer",
    least: { init_image: image, style_image: image },
    fields:
      "init_image, style_image, prompt, style_strength, composition_fidelity, change_strength, negative_prompt, seed, " +
      "output_format",
  },
};

describe.each(Object.entries(SERVICES))("%s", (service, { name, least, fields }) => {
  it("takes the least it needs", async () => {
    expect(await verdictOf(id(service), least)).toBe("accepted");
  });

  it("misses each of what it needs", async () => {
    for (const [key] of Object.entries(least).filter(([member]) => member !== "left")) {
      const { [key]: _, ...rest } = least;
      expect(await verdictOf(id(service), rest)).toBe(refusal(`#: required key [${key}] not found`));
    }
  });

  it("names what it takes when it is given something else", async () => {
    expect(await verdictOf(id(service), { ...least, text_prompts: [] })).toBe(
      detail(`Invalid field 'text_prompts' in request. Available fields for ${name} are: ${fields}`),
    );
  });

  it("is called through an inference profile alone", async () => {
    expect(await verdictOf(`stability.${service}-v1:0`, least)).toContain(
      "with on-demand throughput isn’t supported",
    );
  });
});

describe("what a service does not take", () => {
  const refused = (service: string, field: string): Row => {
    const { name = "", least = {}, fields = "" } = SERVICES[service] ?? {};
    return [
      field,
      id(service),
      { ...least, [field]: "photographic" },
      detail(`Invalid field '${field}' in request. Available fields for ${name} are: ${fields}`),
    ];
  };
  judge([
    refused("stable-outpaint", "negative_prompt"),
    refused("stable-conservative-upscale", "style_preset"),
    refused("stable-style-transfer", "style_preset"),
    refused("stable-image-erase-object", "prompt"),
    refused("stable-image-remove-background", "seed"),
    refused("stable-fast-upscale", "prompt"),
    refused("stable-image-search-recolor", "search_prompt"),
    refused("stable-image-search-replace", "mask"),
  ]);
});

describe("a value", () => {
  const inpaint = id("stable-image-inpaint");
  const least = { image, prompt: "a fox" };
  const outpaint = id("stable-outpaint");
  judge([
    ["a prompt as long as may be", inpaint, { image, prompt: "a".repeat(10_000) }, "accepted"],
    [
      "a prompt that is too long",
      inpaint,
      { image, prompt: "a".repeat(10_001) },
      refusal("#/prompt: expected maxLength: 10000, actual: 10001"),
    ],
    [
      "a negative prompt that is too long",
      inpaint,
      { ...least, negative_prompt: "a".repeat(10_001) },
      refusal("#/negative_prompt: expected maxLength: 10000, actual: 10001"),
    ],
    ["the largest seed", inpaint, { ...least, seed: 4_294_967_294 }, "accepted"],
    [
      "a larger seed",
      inpaint,
      { ...least, seed: 4_294_967_295 },
      refusal("#/seed: 4294967295 is not less or equal to 4294967294"),
    ],
    [
      "OpenAI's style",
      inpaint,
      { ...least, style_preset: "vivid" },
      refusal("#/style_preset: vivid is not a valid enum value"),
    ],
    ["a style", inpaint, { ...least, style_preset: "3d-model" }, "accepted"],
    [
      "a format in capitals",
      inpaint,
      { ...least, output_format: "PNG" },
      refusal("#/output_format: PNG is not a valid enum value"),
    ],
    [
      "a mask that is to grow far",
      inpaint,
      { ...least, grow_mask: 21 },
      refusal("#/grow_mask: 21 is not less or equal to 20"),
    ],
    [
      "little creativity",
      id("stable-creative-upscale"),
      { ...least, creativity: 0.05 },
      refusal("#/creativity: 0.05 is not greater or equal to 0.1"),
    ],
    [
      "much creativity",
      id("stable-conservative-upscale"),
      { ...least, creativity: 0.6 },
      refusal("#/creativity: 0.6 is not less or equal to 0.5"),
    ],
    ["much creativity", outpaint, { image, left: 1, creativity: 1 }, "accepted"],
    ["too far", outpaint, { image, up: 2001 }, refusal("#/up: 2001 is not less or equal to 2000")],
    [
      "not further",
      outpaint,
      { image, left: 0 },
      detail("At least one of left, right, up and down must be greater than 0"),
    ],
    [
      "nowhere",
      outpaint,
      { image },
      detail("At least one of left, right, up and down must be greater than 0"),
    ],
    [
      "strong control",
      id("stable-image-control-sketch"),
      { ...least, control_strength: 1.5 },
      refusal("#/control_strength: 1.5 is not less or equal to 1"),
    ],
    [
      "an aspect ratio of three to four",
      id("stable-image-style-guide"),
      { ...least, aspect_ratio: "3:4" },
      refusal("#/aspect_ratio: 3:4 is not a valid enum value"),
    ],
    [
      "no change",
      id("stable-style-transfer"),
      { init_image: image, style_image: image, change_strength: 0 },
      refusal("#/change_strength: 0 is not greater or equal to 0.1"),
    ],
  ]);
});

describe("an image that comes in", () => {
  const sketch = id("stable-image-control-sketch");
  const fast = id("stable-fast-upscale");
  const creative = id("stable-creative-upscale");
  const sized = (width: number, height: number) => ({ image: header(width, height), prompt: "" });
  const said = (what: string, size: string) => detail(`image: ${what}, got ${size}`);
  const gif = Buffer.from("GIF89a\x40\0\x40\0", "latin1").toString("base64");
  const webp = Buffer.from("RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\x7f\0\0\x7f\0\0", "latin1").toString(
    "base64",
  );
  const formats = "must be a base64-encoded image in jpeg, png or webp format";
  judge([
    ["is a WebP", sketch, { image: webp, prompt: "" }, "accepted"],
    ["is a GIF", sketch, { image: gif, prompt: "" }, detail(`image: ${formats}`)],
    ["is a data URL", fast, { image: `data:image/png;base64,${image}` }, detail(`image: ${formats}`)],
    [
      "is no mask",
      id("stable-image-inpaint"),
      { image, prompt: "", mask: "aGVsbG8=" },
      detail(`mask: ${formats}`),
    ],
    [
      "is no style",
      id("stable-style-transfer"),
      { init_image: image, style_image: gif },
      detail(`style_image: ${formats}`),
    ],
    ["is small", sketch, sized(63, 100), said("every side must be at least 64 pixels", "63x100")],
    ["is large", sketch, sized(3072, 3073), said("total pixel count must be at most 9437184", "3072x3073")],
    ["is narrow", sketch, sized(100, 251), said("aspect ratio must be between 1:2.5 and 2.5:1", "100x251")],
    ["is just not too narrow", sketch, sized(100, 250), "accepted"],
    ["is narrow", creative, sized(64, 640), "accepted"],
    ["is large", creative, sized(1025, 1024), said("total pixel count must be at most 1048576", "1025x1024")],
    ["is small", fast, { image: header(32, 32) }, "accepted"],
    ["is smaller", fast, { image: header(31, 32) }, said("every side must be at least 32 pixels", "31x32")],
    [
      "is long",
      fast,
      { image: header(1537, 100) },
      said("every side must be at most 1536 pixels", "1537x100"),
    ],
  ]);
});
