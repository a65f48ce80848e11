import { deflateSync } from "node:zlib";
import { decode } from "fast-png";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { maskWithin, opaque, toFamilyMask } from "../../../src/images/mask.ts";
import type { MaskColours } from "../../../src/images/mask.ts";
import type { Picture } from "../../../src/images/picture.ts";
import { readPng } from "../../../src/testing/media/read-png.ts";
import { type PngDraft, pngText, writePng } from "../../support/write-png.ts";

const picture = (base64: string, rest: Partial<Picture> = {}): Picture => ({
  base64,
  format: "png",
  width: 3,
  height: 2,
  param: "mask",
  ...rest,
});

/** RGBA: red, transparent where a letter is `.`, half so where it is `~`, and opaque elsewhere. */
const drawn = (rows: readonly string[], draft: Partial<PngDraft> = {}): string =>
  pngText({
    width: rows[0]!.length,
    height: rows.length,
    colourType: 6,
    depth: 8,
    pixel: (x, y) => [200, 0, 0, { ".": 0, "~": 100 }[rows[y]![x]!] ?? 255],
    ...draft,
  });

/** Its colours, row by row, as an independent reader sees them: hexadecimal, without the alpha of opaque ones. */
function seen({ base64 }: Picture): string[] {
  const read = readPng(Buffer.from(base64, "base64"), 1_000)!;
  return Array.from({ length: read.height }, (_, y) =>
    Array.from({ length: read.width }, (_, x) =>
      Buffer.from(read.row(y).subarray(x * 4, x * 4 + 4))
        .toString("hex")
        .replace(/ff$/, ""),
    ).join(" "),
  );
}

const image = picture(drawn(["xxx", "xxx"]), { param: "image" });
const HOLES = [".x~", "xx."];

const refusal = async (promise: Promise<unknown>): Promise<Record<string, unknown>> => {
  const error = (await promise.then(
    () => expect.fail("it was taken"),
    (thrown: unknown) => thrown,
  )) as Record<string, unknown>;
  return { status: error["status"], code: error["code"], param: error["param"], message: error["message"] };
};

const notInstalled = (): Promise<never> =>
  Promise.reject(Object.assign(new Error("Cannot find package 'sharp'"), { code: "ERR_MODULE_NOT_FOUND" }));

describe("a mask in OpenAI's polarity, transparent is edited, becomes that of", () => {
  it.each<[MaskColours, string[]]>([
    ["black-edits", ["000000 ffffff 000000", "ffffff ffffff 000000"]],
    ["white-generates", ["ffffff 000000 ffffff", "000000 000000 ffffff"]],
    ["white-edits", ["ffffff 000000 9b9b9b", "000000 000000 ffffff"]],
  ])("%s", async (colours, expected) => {
    const mask = await toFamilyMask(picture(drawn(HOLES)), image, colours);
    expect(seen(mask)).toEqual(expected);
    expect(mask).toMatchObject({ format: "png", width: 3, height: 2, param: "mask" });
  });

  it("whatever format it comes in", async () => {
    const webp = await sharp(Buffer.from(drawn(HOLES), "base64"))
      .webp({ lossless: true, exact: true })
      .toBuffer();
    const mask = picture(webp.toString("base64"), { format: "webp" });
    expect(seen(await toFamilyMask(mask, image, "black-edits"))[0]).toBe("000000 ffffff 000000");
  });

  it("as an opaque RGB file of eight bits, which every model reads", async () => {
    const mask = await toFamilyMask(picture(drawn(HOLES)), image, "black-edits");
    const [depth, colourType] = Buffer.from(mask.base64, "base64").subarray(24, 26);
    expect([depth, colourType]).toEqual([8, 2]);
    expect(decode(Buffer.from(mask.base64, "base64"), { checkCrc: true })).toMatchObject({
      channels: 3,
    });
  });
});

describe("a mask in the model's own colours stays as it is", () => {
  it.each<[string, Picture]>([
    ["RGB", picture(pngText({ width: 3, height: 2, colourType: 2, depth: 8 }))],
    ["grey", picture(pngText({ width: 3, height: 2, colourType: 0, depth: 1 }))],
    [
      "a palette without transparent colours",
      picture(pngText({ width: 3, height: 2, colourType: 3, depth: 2, palette: [0, 0, 0, 255, 255, 255] })),
    ],
    ["JPEG, whose pixels are not looked at", picture("/9j/AAAA", { format: "jpeg" })],
  ])("%s", async (_, mask) => {
    const missing = (): never => expect.fail("a library was loaded");
    expect(await toFamilyMask(mask, image, "black-edits", missing)).toBe(mask);
  });
});

describe("a mask is refused, with the reason,", () => {
  it("that has another size than its image", async () => {
    for (const mask of [
      picture(drawn(HOLES), { width: 4 }),
      picture("/9j/AAAA", { format: "jpeg", height: 1 }),
    ])
      expect(await refusal(toFamilyMask(mask, image, "black-edits"))).toEqual({
        status: 400,
        code: "invalid_value",
        param: "mask",
        message: `Invalid 'mask': a mask has the size of its image. The mask is ${mask.width}x${mask.height}, and the image is 3x2.`,
      });
  });

  it.each(["black-edits", "white-generates", "white-edits"] as const)(
    "in which nothing is to be edited: %s",
    async (colours) => {
      const { code, param, message } = await refusal(
        toFamilyMask(picture(drawn(["xxx", "xxx"])), image, colours),
      );
      expect([code, param]).toEqual(["invalid_value", "mask"]);
      expect(message).toMatch("nothing to edit");
    },
  );

  const bytes = writePng({ width: 3, height: 2, colourType: 6, depth: 8 });
  const rgba = (data: Uint8Array): Buffer => writePng({ width: 3, height: 2, colourType: 6, depth: 8, data });
  const header = (at: number, value: number): Buffer => Buffer.from(bytes).fill(value, at, at + 1);
  it.each<[string, Buffer]>([
    ["is cut off", bytes.subarray(0, 50)],
    ["has nothing but a signature", bytes.subarray(0, 8)],
    ["has fewer pixels than its header tells", rgba(deflateSync(Buffer.alloc(25)))],
    ["has none", rgba(Buffer.alloc(0))],
    ["is not deflated", rgba(Buffer.from("no such stream, but long enough"))],
    [
      "is made of crumbs",
      Buffer.concat([bytes.subarray(0, 33), Buffer.alloc(2_000_000, Buffer.from("\0\0\0\0IDAT\0\0\0\0"))]),
    ],
    ["names a filter that there is not", rgba(deflateSync(Buffer.alloc(26, 9)))],
    ["names a depth that there is not", header(24, 4)],
    ["names a kind of colour that there is not", header(25, 5)],
    ["names an interlacing that there is not", header(28, 2)],
    ["names another compression", header(26, 1)],
  ])("whose file %s", async (_, file) => {
    const mask = picture(file.toString("base64"));
    expect(await refusal(toFamilyMask(mask, image, "black-edits"))).toMatchObject({
      status: 400,
      code: "invalid_image_file",
      param: "mask",
    });
  });

  it("that has more pixels than may be unpacked, before they are", async () => {
    const size = { width: 8_192, height: 8_192 };
    const file = writePng({ ...size, colourType: 6, depth: 16, data: new Uint8Array(10) });
    const mask = picture(file.toString("base64"), size);
    const load = (): never => expect.fail("a library was loaded");
    expect(await refusal(toFamilyMask(mask, { ...image, ...size }, "black-edits", load))).toMatchObject({
      code: "image_too_large",
      param: "mask",
    });
  });

  it("where the library is not installed, naming it", async () => {
    for (const asking of [
      toFamilyMask(picture(drawn(HOLES)), image, "black-edits", notInstalled),
      maskWithin(picture(drawn(HOLES)), "black-edits", notInstalled),
    ]) {
      const { status, param, message } = await refusal(asking);
      expect([status, param]).toEqual([400, "mask"]);
      expect(message).toMatch("'sharp'");
    }
  });

  it("but not where the library is broken: that is the server's affair", async () => {
    const load = (): Promise<never> => Promise.reject(new Error("out of memory"));
    await expect(toFamilyMask(picture(drawn(HOLES)), image, "black-edits", load)).rejects.toThrow(
      /^out of memory$/,
    );
  });
});

describe("a file that unpacks to a million times its size", () => {
  it("is read as far as its header goes", async () => {
    const file = writePng({
      width: 3,
      height: 2,
      colourType: 6,
      depth: 8,
      data: deflateSync(Buffer.alloc(50_000_000)),
    });
    const mask = await toFamilyMask(picture(file.toString("base64")), image, "white-edits");
    expect(seen(mask)).toEqual(["ffffff ffffff ffffff", "ffffff ffffff ffffff"]);
  });
});

describe("an image's own transparency", () => {
  it("is a mask", async () => {
    const within = picture(drawn(HOLES), { param: "image" });
    const mask = await maskWithin(within, "white-edits");
    expect(seen(mask!)).toEqual(["ffffff 000000 9b9b9b", "000000 000000 ffffff"]);
    expect(mask).toMatchObject({ param: "image" });
  });

  it.each<[string, Picture]>([
    ["no transparent pixel", image],
    ["no alpha channel", picture(pngText({ width: 3, height: 2, colourType: 2, depth: 8 }))],
    ["a format without transparency", picture("AAAA", { format: "jpeg" })],
  ])("is none where there is %s", async (_, given) => {
    expect(await maskWithin(given, "black-edits")).toBeUndefined();
    expect(await opaque(given)).toBe(given);
  });

  it("is left to AWS where it cannot be looked for: most alpha channels have none", async () => {
    const within = picture(drawn(HOLES));
    expect(await opaque(within, notInstalled)).toBe(within);
    await expect(opaque(within, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  });

  it("can be taken from it: it then looks as it did on white", async () => {
    const within = picture(drawn(HOLES), { param: "image" });
    expect(seen(await opaque(within))).toEqual(["ffffff c80000 e99b9b", "c80000 c80000 ffffff"]);
  });

  it.each<[string, PngDraft, string]>([
    [
      "grey of two bits",
      { width: 3, height: 1, colourType: 0, depth: 2, transparency: [0, 3], pixel: (x) => [x + 1] },
      "555555 aaaaaa ffffff",
    ],
    [
      "grey with alpha",
      { width: 3, height: 1, colourType: 4, depth: 16, pixel: (x) => [0x4000 * x, x === 1 ? 0xffff : 0] },
      "ffffff 404040 ffffff",
    ],
    [
      "a palette",
      {
        width: 3,
        height: 1,
        colourType: 3,
        depth: 4,
        palette: [1, 2, 3, 4, 5, 6, 7, 8, 9],
        transparency: [255, 0],
        pixel: (x) => [x],
      },
      "010203 ffffff 070809",
    ],
    [
      "one transparent colour",
      {
        width: 3,
        height: 1,
        colourType: 2,
        depth: 8,
        transparency: [0, 1, 0, 1, 0, 1],
        pixel: (x) => [x, 1, 1],
      },
      "000101 ffffff 020101",
    ],
    [
      "16 bits",
      {
        width: 3,
        height: 1,
        colourType: 6,
        depth: 16,
        pixel: (x) => [0x1234, 0x5678, 0x9abc, x === 0 ? 0 : 0xffff],
      },
      "ffffff 12569a 12569a",
    ],
  ])("whatever kind of file it is: %s", async (_, draft, expected) => {
    expect(seen(await opaque(picture(pngText(draft), { height: 1 })))).toEqual([expected]);
  });
});
