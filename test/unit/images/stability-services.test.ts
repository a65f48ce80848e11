import { describe, expect, it } from "vitest";
import type { ImageTask } from "../../../src/images/family.ts";
import { STABILITY_SERVICES } from "../../../src/images/families/stability-services.ts";
import { callsOf, DRAWN, ends, halfTransparent, opaquePng, picture } from "../../support/image-tasks.ts";

const calls = (service: string, asked: Partial<ImageTask> = {}) =>
  callsOf(STABILITY_SERVICES, `stability.${service}-v1:0`, {
    endpoint: "edits",
    images: [picture()],
    ...asked,
  });

const IMAGE = { image: "/9j/" };
const WORDS = { ...IMAGE, prompt: "An otter", seed: DRAWN };

describe("each service is told what it takes", () => {
  it.each<[string, Partial<ImageTask>, object]>([
    ["stable-creative-upscale", { own: { creativity: 0.2 } }, { ...WORDS, creativity: 0.2 }],
    ["stable-conservative-upscale", { negativePrompt: "cats" }, { ...WORDS, negative_prompt: "cats" }],
    ["stable-fast-upscale", { prompt: "", outputFormat: "jpeg" }, { ...IMAGE, output_format: "jpeg" }],
    ["stable-outpaint", { own: { left: 64, up: 0 } }, { ...WORDS, left: 64, up: 0 }],
    ["stable-image-search-recolor", { own: { select_prompt: "cat" } }, { ...WORDS, select_prompt: "cat" }],
    ["stable-image-search-replace", { own: { search_prompt: "cat" } }, { ...WORDS, search_prompt: "cat" }],
    ["stable-image-remove-background", { prompt: "", transparent: true }, IMAGE],
    ["stable-image-control-sketch", { own: { control_strength: 0.9 } }, { ...WORDS, control_strength: 0.9 }],
    ["stable-image-control-structure", { style: "anime" }, { ...WORDS, style_preset: "anime" }],
    [
      "stable-image-style-guide",
      { size: { width: 1024, height: 1024 }, own: { fidelity: 0.4 } },
      { ...WORDS, aspect_ratio: "1:1", fidelity: 0.4 },
    ],
  ])("%s", async (service, asked, body) => {
    const { bodies, notes } = await calls(service, asked);
    expect(bodies).toEqual([body]);
    expect(notes).toEqual([]);
  });

  it.each(["stable-image-inpaint", "stable-image-erase-object"])(
    "%s: white is what is edited",
    async (service) => {
      const prompt = service.endsWith("inpaint") ? "An otter" : "";
      const [body] = (await calls(service, { prompt, mask: halfTransparent(512, 512, "mask") })).bodies;
      expect(ends(body!["mask"])).toEqual([255, 0]);
    },
  );

  it("finds the image's own transparency itself, which a JPEG has not", async () => {
    const image = halfTransparent(512, 512);
    const [body] = (await calls("stable-image-inpaint", { images: [image] })).bodies;
    expect(body).toEqual({ ...WORDS, image: image.base64 });
    await expect(calls("stable-image-inpaint")).rejects.toMatchObject({ param: "mask" });
  });

  it.each(["stable-image-inpaint", "stable-image-erase-object"])(
    "%s does not let an image be paid for in which nothing is to be edited",
    async (service) => {
      await expect(calls(service, { images: [opaquePng(64, 64)] })).rejects.toMatchObject({
        status: 400,
        code: "missing_required_parameter",
        param: "mask",
      });
    },
  );
});

describe("style transfer", () => {
  const [content, style] = [picture({ base64: "/9j/a" }), picture({ base64: "/9j/b", param: "image[1]" })];
  const transfer = (...images: Partial<ImageTask>["images"] & object) =>
    calls("stable-style-transfer", { prompt: "", images });

  it("takes two images, by order or by name", async () => {
    const body = { init_image: "/9j/a", style_image: "/9j/b", seed: DRAWN };
    expect((await transfer(content, style)).bodies).toEqual([body]);
    const named = await transfer(
      { ...style, param: "style_image" },
      { ...content, param: "init_image.image_url" },
    );
    expect(named.bodies).toEqual([body]);
    expect((await transfer(content, { ...style, param: "style_image" })).bodies).toEqual([body]);
  });

  it("names an image that it has no place for", async () => {
    const named = [
      { ...content, param: "init_image" },
      { ...style, param: "style_image" },
    ];
    expect((await transfer(picture({ base64: "/9j/c" }), ...named)).notes).toEqual(["image: dropped"]);
    expect((await transfer(content, style, picture({ param: "image[2]" }))).notes).toEqual([
      "image[2]: dropped",
    ]);
  });

  it("misses either", async () => {
    await expect(transfer(content)).rejects.toMatchObject({ param: "style_image" });
    await expect(transfer({ ...style, param: "style_image" })).rejects.toMatchObject({ param: "init_image" });
  });
});

describe("what is missing", () => {
  it.each([
    ["stable-image-search-replace", {}, "search_prompt"],
    ["stable-image-search-recolor", {}, "select_prompt"],
    ["stable-image-control-sketch", { prompt: "" }, "prompt"],
    ["stable-fast-upscale", { images: [] }, "image"],
    ["stable-outpaint", { own: { left: 0 } }, "left"],
  ])("%s is asked for", async (service, asked, param) => {
    const message = expect.stringContaining(`Missing required parameter: '${param}'.`) as string;
    await expect(calls(service, asked)).rejects.toMatchObject({
      status: 400,
      code: "missing_required_parameter",
      param,
      message,
    });
  });
});

describe("what has no place is named", () => {
  it("where the service makes the same picture each time, further ones too", async () => {
    const asked = {
      n: 3,
      seed: 5,
      size: { width: 512, height: 512 },
      style: "anime",
      quality: "premium",
    } as const;
    const { bodies, notes } = await calls("stable-fast-upscale", { ...asked, own: { search_prompt: "cat" } });
    expect(bodies).toEqual([IMAGE]);
    expect(notes.toSorted()).toEqual([
      "n: clamped",
      "prompt: dropped",
      "quality: dropped",
      "search_prompt: dropped",
      "seed: dropped",
      "size: dropped",
      "style: dropped",
    ]);
  });

  it("but not a size that the image has, and keeps", async () => {
    const size = { width: 512, height: 512 };
    const { notes } = await calls("stable-image-control-sketch", { size });
    expect(notes).toEqual([]);
    expect((await calls("stable-conservative-upscale", { size })).notes).toEqual(["size: dropped"]);
  });
});

describe("an image out of bounds is refused before AWS does", () => {
  it.each([
    ["stable-image-remove-background", { width: 60, height: 100 }],
    ["stable-image-remove-background", { width: 200, height: 600 }],
    ["stable-image-remove-background", { width: 4000, height: 3000 }],
    ["stable-image-remove-background", { format: "gif" as const }],
    ["stable-creative-upscale", { width: 1025, height: 1024 }],
    ["stable-fast-upscale", { width: 1600, height: 100 }],
  ])("%s: %o", async (service, more) => {
    const refused = calls(service, { images: [picture(more)] });
    await expect(refused).rejects.toMatchObject({ status: 400, code: "invalid_value", param: "image" });
  });
});
