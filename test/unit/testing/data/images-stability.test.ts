import { describe, expect, it } from "vitest";
import { imageHeader } from "../../../../src/testing/media/image-header.ts";
import { answerOf } from "../invoke/call.ts";
import type { Body } from "../support.ts";
import { flat, halfMask, hueOf, png, readPicture } from "./pictures.ts";

const SD35 = "stability.sd3-5-large-v1:0";
const CORE = "stability.stable-image-core-v1:1";
const ULTRA_1 = "stability.stable-image-ultra-v1:0";
const SIDE = 100;
const GREEN = [0, 200, 0];
const image = flat(SIDE, SIDE, ...GREEN);
const prompt = "a red fox";

interface Reply {
  seeds: number[];
  finish_reasons: (string | null)[];
  images: string[];
}
const replyOf = async (model: string, body: Body) => (await answerOf(model, body)) as unknown as Reply;
const pictureOf = async (model: string, body: Body) => readPicture((await replyOf(model, body)).images[0]);
const served = (service: string, body: Body) => pictureOf(`us.stability.${service}-v1:0`, body);
type Picture = ReturnType<typeof readPicture>;
const halves = ({ at }: Picture) => [at(10, 50), at(90, 50)];
const middle = ({ at }: Picture) => [at(50, 50), at(2, 2)];

describe("an answer", () => {
  it("tells the seed, that nothing was filtered, and one picture", async () => {
    const reply = await replyOf(CORE, { prompt, seed: 7 });
    expect(reply).toEqual({ seeds: [7], finish_reasons: [null], images: [expect.any(String)] });
  });

  it("is the same for the same prompt and seed, and another one for another", async () => {
    const [first] = (await replyOf(SD35, { prompt, seed: 7 })).images;
    expect((await replyOf(SD35, { prompt, seed: 7 })).images).toEqual([first]);
    expect((await replyOf(SD35, { prompt, seed: 8 })).images).not.toEqual([first]);
    expect((await replyOf(CORE, { prompt, seed: 7 })).images).not.toEqual([first]);
  });

  it("tells the seed that the model chose", async () => {
    const [seed = 0] = (await replyOf(SD35, { prompt })).seeds;
    expect(seed).toBeGreaterThan(0);
    expect((await replyOf(SD35, { prompt, seed: 0 })).seeds[0]).toBeGreaterThan(0);
    expect((await replyOf(SD35, { prompt, seed })).seeds).toEqual([seed]);
  });
});

describe("a picture from text", () => {
  it.each([
    ["1:1", 1024, 1024],
    ["16:9", 1344, 768],
    ["21:9", 1536, 640],
    ["2:3", 832, 1216],
    ["3:2", 1216, 832],
    ["4:5", 896, 1088],
    ["5:4", 1088, 896],
    ["9:16", 768, 1344],
    ["9:21", 640, 1536],
  ])("has the ratio %s", async (aspect_ratio, width, height) => {
    expect(await pictureOf(CORE, { prompt, aspect_ratio })).toMatchObject({ width, height });
  });

  it("is square where nothing else is asked for, and has the colour of the prompt", async () => {
    const picture = await pictureOf(ULTRA_1, { prompt: "a blue fox on red" });
    expect(picture).toMatchObject({ width: 1024, height: 1024, channels: 3 });
    expect(hueOf(picture.average())).toBe("blue");
  });

  it.each(["jpeg", "webp"])("comes as %s, in its size", async (output_format) => {
    const [file = ""] = (await replyOf(SD35, { prompt, output_format, aspect_ratio: "16:9" })).images;
    expect(imageHeader(Buffer.from(file, "base64"))).toEqual({
      format: output_format,
      width: 1344,
      height: 768,
    });
  });
});

describe("painting over an image", () => {
  const over = async (strength: number) => {
    const picture = await pictureOf(SD35, { prompt, mode: "image-to-image", image, strength });
    expect(picture).toMatchObject({ width: SIDE, height: SIDE });
    return picture.average();
  };

  it("leaves it as it is, or nothing of it, by the strength", async () => {
    expect(await over(0)).toEqual(GREEN);
    expect(hueOf(await over(0.9))).toBe("red");
    expect(hueOf(await over(0.2))).toBe("green");
  });

  it("leaves most of it where Ultra is told nothing", async () => {
    expect(hueOf((await pictureOf(ULTRA_1, { prompt, image })).average())).toBe("green");
  });
});

describe("a mask", () => {
  const inpaint = (body: Body) => served("stable-image-inpaint", { prompt, image, ...body });

  it("is painted where it is white", async () => {
    const [black, white = []] = halves(await inpaint({ mask: halfMask(SIDE, SIDE) }));
    expect([black, hueOf(white)]).toEqual([GREEN, "red"]);
  });

  it("is stretched to the image", async () => {
    const [black, white = []] = halves(await inpaint({ mask: halfMask(8, 4) }));
    expect([black, hueOf(white)]).toEqual([GREEN, "red"]);
  });

  it("is painted in part where it is grey", async () => {
    const [red = 0, green = 0] = (await inpaint({ mask: flat(8, 8, 128, 128, 128) })).at(50, 50);
    expect(Math.abs(red - 115)).toBeLessThan(30);
    expect(Math.abs(green - 110)).toBeLessThan(30);
  });

  it("that is missing is what is transparent in the image", async () => {
    const hole = png(SIDE, SIDE, (x) => [...GREEN, x < 50 ? 0 : 255]);
    const [transparent = [], opaque] = halves(await inpaint({ image: hole }));
    expect([hueOf(transparent), opaque]).toEqual(["red", GREEN]);
  });

  it("wins over what is transparent in the image", async () => {
    const hole = png(SIDE, SIDE, (x) => [...GREEN, x < 50 ? 0 : 255]);
    const [transparent, opaque = []] = halves(await inpaint({ image: hole, mask: halfMask(SIDE, SIDE) }));
    expect([transparent, hueOf(opaque)]).toEqual([GREEN, "red"]);
  });

  it("that is missing, of an opaque image, changes nothing", async () => {
    expect((await inpaint({})).average()).toEqual(GREEN);
  });

  it("erases in the image's own colours", async () => {
    const spotted = png(SIDE, SIDE, (x) => (x >= 80 ? [250, 0, 0] : GREEN));
    const body = { image: spotted, mask: halfMask(SIDE, SIDE) };
    const [black, white = []] = halves(await served("stable-image-erase-object", body));
    expect([black, hueOf(white)]).toEqual([GREEN, "green"]);
  });
});

describe("an upscaled image", () => {
  const checked = png(64, 32, (x, y) => ((x + y) % 2 === 0 ? [255, 0, 0] : [0, 0, 255]));

  it("is four times as wide and high, and the same picture", async () => {
    const picture = await served("stable-fast-upscale", { image: checked });
    expect(picture).toMatchObject({ width: 256, height: 128 });
    expect([picture.at(3, 3), picture.at(4, 3), picture.at(4, 4)]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
      [255, 0, 0],
    ]);
  });

  it.each(["creative", "conservative"])("of the %s kind has 4096 pixels on its longer side", async (kind) => {
    const half = png(128, 64, (x) => (x < 64 ? [255, 0, 0] : [0, 0, 255]));
    const [file = ""] = (await replyOf(`us.stability.stable-${kind}-upscale-v1:0`, { image: half, prompt }))
      .images;
    const picture = readPicture(file);
    expect(picture).toMatchObject({ width: 4096, height: 2048 });
    expect([picture.at(2047, 9), picture.at(2048, 9)]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
    ]);
  });
});

describe("the other services", () => {
  it("outpaint keeps the image, and grows by what it is told", async () => {
    const body = { image, prompt, left: 10, right: 20, up: 30, down: 40 };
    const picture = await served("stable-outpaint", body);
    expect(picture).toMatchObject({ width: 130, height: 170 });
    expect([picture.at(10, 30), picture.at(109, 129)]).toEqual([GREEN, GREEN]);
    const around = [picture.at(9, 30), picture.at(110, 30), picture.at(10, 29), picture.at(10, 130)];
    expect(around.map(hueOf)).toEqual(["red", "red", "red", "red"]);
  });

  it.each([
    ["stable-image-search-recolor", { select_prompt: "the fox" }],
    ["stable-image-search-replace", { search_prompt: "the fox" }],
  ])("%s changes what it finds, which is in the middle", async (service, search) => {
    const [found = [], edge] = middle(await served(service, { image, prompt, ...search }));
    expect([hueOf(found), edge]).toEqual(["red", GREEN]);
  });

  it("remove-background leaves what is in the middle", async () => {
    const [subject, edge] = middle(await served("stable-image-remove-background", { image }));
    expect(subject).toEqual([...GREEN, 255]);
    expect(edge?.[3]).toBe(0);
  });

  it.each(["sketch", "structure"])("control-%s paints a new picture of the image's size", async (kind) => {
    const picture = await served(`stable-image-control-${kind}`, { image, prompt });
    expect(picture).toMatchObject({ width: SIDE, height: SIDE });
    expect(hueOf(picture.average())).toBe("red");
  });

  it("style-guide paints a new picture of the ratio asked for", async () => {
    const picture = await served("stable-image-style-guide", { image, prompt, aspect_ratio: "16:9" });
    expect(picture).toMatchObject({ width: 1344, height: 768 });
    expect(hueOf(picture.average())).toBe("red");
  });

  it("style-transfer brings the colours of the style into the image", async () => {
    const body = { init_image: image, style_image: flat(80, 80, 0, 0, 250) };
    const transfer = (more: Body) => served("stable-style-transfer", { ...body, ...more });
    expect(await transfer({})).toMatchObject({ width: SIDE, height: SIDE });
    expect(hueOf((await transfer({})).average())).toBe("blue");
    expect((await transfer({ style_strength: 0 })).average()).toEqual(GREEN);
  });

  it("paint a picture of the image's size where they cannot read it", async () => {
    const webp = Buffer.from("RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\x63\0\0\x4f\0\0", "latin1").toString(
      "base64",
    );
    const picture = await served("stable-image-inpaint", { image: webp, prompt });
    expect(picture).toMatchObject({ width: 100, height: 80 });
    expect(hueOf(picture.average())).toBe("red");
  });
});

describe("moderation", () => {
  it.each([
    ["nsfw", "Filter reason: prompt"],
    ["filtered-input", "Filter reason: input image"],
    ["filtered-output", "Filter reason: output image"],
    ["inference-error", "Inference error"],
  ])("%s gives a reason and no picture, and no error", async (word, reason) => {
    expect(await answerOf(CORE, { prompt: `a ${word} fox` })).toEqual({ finish_reasons: [reason] });
    const search = { image, prompt, select_prompt: `a ${word} fox` };
    expect(await answerOf("us.stability.stable-image-search-recolor-v1:0", search)).toEqual({
      finish_reasons: [reason],
    });
  });
});
