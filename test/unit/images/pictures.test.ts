import { describe, expect, it } from "vitest";
import { fromBase64, toBase64 } from "../../../src/http/base64.ts";
import type { Picture } from "../../../src/images/picture.ts";
import { readPicture } from "../../../src/images/read-picture.ts";
import { pngText, writePng } from "../../support/write-png.ts";

const base64 = (bytes: Uint8Array | string): string =>
  Buffer.from(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes).toString("base64");

const u16 = (value: number): string => String.fromCharCode(value >> 8, value & 0xff);
const u16le = (value: number): string => String.fromCharCode(value & 0xff, value >> 8);

const segment = (marker: string, body: string): string => `\xff${marker}${u16(body.length + 2)}${body}`;
const frame = (width: number, height: number, marker = "\xc0"): string =>
  segment(marker, `\x08${u16(height)}${u16(width)}\x03`);
const SOI = "\xff\xd8";
const APP0 = segment("\xe0", "JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
const jpeg = (...segments: string[]): string => [SOI, APP0, ...segments].join("");

const png = (width: number, height: number): Uint8Array =>
  writePng({ width, height, colourType: 0, depth: 8, data: new Uint8Array() });
const gif = (width: number, height: number, version = "89a"): string =>
  `GIF${version}${u16le(width)}${u16le(height)}\0\0\0;`;

const webp = (chunk: string, body: string): string =>
  `RIFF\x40\0\0\0WEBP${chunk}\x20\0\0\0${body}${"\0".repeat(20)}`;
const lossy = (width: number, height: number): string =>
  webp("VP8 ", `\0\0\0\x9d\x01\x2a${u16le(width)}${u16le(height)}`);
const lossless = (width: number, height: number): string => {
  const bits = (width - 1) | ((height - 1) << 14);
  return webp("VP8L", `\x2f${u16le(bits & 0xffff)}${u16le(bits >>> 16)}`);
};
const extended = (width: number, height: number): string =>
  webp("VP8X", `\x10\0\0\0${u16le(width - 1)}\0${u16le(height - 1)}\0`);

const refusal = async (file: string): Promise<unknown> => {
  const error = (await readPicture(file, "image").then(
    (picture: Picture) => expect.fail(`it was read: ${JSON.stringify({ ...picture, base64: "" })}`),
    (thrown: unknown) => thrown,
  )) as Record<string, unknown>;
  return [error["status"], error["code"], error["param"]];
};

describe("a picture is known by its own bytes", () => {
  it.each<[string, Uint8Array | string, Picture["format"]]>([
    ["PNG", png(640, 481), "png"],
    ["baseline JPEG", jpeg(frame(640, 481)), "jpeg"],
    [
      "progressive JPEG",
      jpeg(segment("\xe1", "Exif\0\0MM\0*\0\0\0\x08\0\0"), frame(640, 481, "\xc2")),
      "jpeg",
    ],
    [
      "JPEG that opens with its colour profile",
      SOI + segment("\xe2", "x".repeat(60_000)) + frame(640, 481),
      "jpeg",
    ],
    [
      "JPEG with megabytes before its size",
      jpeg(...Array<string>(40).fill(segment("\xe2", "\xff\xc0".repeat(32_000))), frame(640, 481)),
      "jpeg",
    ],
    ["JPEG with bytes that fill up", jpeg("\xff\xff", frame(640, 481)), "jpeg"],
    ["JPEG with a bare marker", jpeg("\xff\x01", frame(640, 481)), "jpeg"],
    ["JPEG with bytes between its segments", jpeg("\0\0\xff\0junk", frame(640, 481)), "jpeg"],
    ["JPEG with a segment of no length", jpeg("\xff\xe1\0\0", frame(640, 481)), "jpeg"],
    ["lossy WebP", lossy(640, 481), "webp"],
    ["lossless WebP", lossless(640, 481), "webp"],
    ["extended WebP", extended(640, 481), "webp"],
    ["GIF", gif(640, 481), "gif"],
    ["older GIF", gif(640, 481, "87a"), "gif"],
  ])("%s", async (_, bytes, format) => {
    const file = base64(bytes);
    expect(await readPicture(file, "image[1]")).toEqual({
      base64: file,
      format,
      width: 640,
      height: 481,
      param: "image[1]",
    });
  });

  it("and goes on as it came, but for padding that was left out", async () => {
    for (const bytes of [gif(3, 4), `${gif(3, 4)}x`, `${gif(3, 4)}xy`]) {
      const file = base64(bytes);
      expect((await readPicture(file.replaceAll("=", ""), "image")).base64).toBe(file);
    }
  });
});

describe("what is no picture never gets further", () => {
  const XML = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>';
  it.each<[string, Uint8Array | string]>([
    ["SVG", XML],
    ["HEIC", `\0\0\0\x18ftypheic\0\0\0\0mif1heic${"\0".repeat(64)}`],
    ["AVIF", `\0\0\0\x18ftypavif\0\0\0\0mif1avif${"\0".repeat(64)}`],
    ["TIFF", `II*\0\x08\0\0\0\x02\0${"\0".repeat(64)}`],
    ["BMP", `BM${"\0".repeat(16)}@\0\0\0@\0\0\0`],
    ["ICO", "\0\0\x01\0\x01\0@@\0\0\x01\0 \0"],
    ["PDF", "%PDF-1.4\n%%EOF\n"],
    ["a web page", "<!doctype html><title>404</title>"],
    ["a WAV file, which is a RIFF file too", `RIFF\x24\0\0\0WAVEfmt ${"\0".repeat(32)}`],
    ["Apple's own PNG", `\x89PNG\r\n\x1a\n\0\0\0\x04CgBI${"\0".repeat(64)}`],
    ["one byte", "x"],
    ["a lone JPEG marker", SOI],
  ])("%s", async (_, bytes) => {
    expect(await refusal(base64(bytes))).toEqual([400, "invalid_image_file", "image"]);
  });

  it.each<[string, Uint8Array | string]>([
    ["PNG without width", png(0, 9)],
    ["PNG without height", png(9, 0)],
    ["PNG of two thousand million pixels a side", png(0x7fffffff, 0x7fffffff)],
    ["PNG of one line that is no picture", png(65_536, 1)],
    ["PNG that ends in its header", png(9, 9).subarray(0, 20)],
    ["GIF without width", gif(0, 9)],
    ["GIF that ends in its header", gif(9, 9).slice(0, 8)],
    ["WebP without size", lossy(0, 0)],
    ["WebP of a kind that there is not", webp("VP8?", "\0".repeat(10))],
    ["WebP that ends in its header", lossy(9, 9).slice(0, 22)],
    ["JPEG without size", jpeg(frame(0, 0))],
    ["JPEG of arithmetic coding, which nobody reads", jpeg(frame(9, 9, "\xc9"))],
    ["JPEG whose pixels come before its size", jpeg(segment("\xda", "\0\0\0"), frame(9, 9))],
    ["JPEG that ends before its size", jpeg("\xff\xd9", frame(9, 9))],
    ["JPEG that ends in its size", jpeg(frame(9, 9).slice(0, 7))],
    ["JPEG whose last segment ends behind it", jpeg("\xff\xe1\xff\xff", frame(9, 9))],
  ])("%s", async (_, bytes) => {
    expect(await refusal(base64(bytes))).toEqual([400, "invalid_image_file", "image"]);
  });

  it("JPEG of megabytes that lead nowhere, at once", async () => {
    const size = 20 * 1024 * 1024;
    const hostile = [
      Buffer.alloc(size),
      Buffer.alloc(size, 1),
      Buffer.alloc(size, "\xff\xe1\0\x02", "latin1"),
      Buffer.alloc(size, segment("\xe1", "Exif\0\0MM\0*\0\0\0\x08\xff\xff"), "latin1"),
      Buffer.alloc(size, 0xff),
    ];
    for (const rest of hostile)
      expect(await refusal(base64(Buffer.concat([Buffer.from(SOI + APP0, "latin1"), rest])))).toEqual([
        400,
        "invalid_image_file",
        "image",
      ]);
  });

  it("what is no base64", async () => {
    const file = base64(gif(9, 9));
    for (const wrong of [
      `${file}!`,
      `${file.slice(0, 8)} ${file.slice(8)}`,
      `-_${file}`,
      `${file}A`,
      `${file}====`,
      "=",
      "ß",
    ])
      expect([wrong, ...((await refusal(wrong)) as unknown[])]).toEqual([
        wrong,
        400,
        expect.stringMatching(/^invalid_(base64_image|image_file)$/) as unknown,
        "image",
      ]);
  });

  it("more bytes than OpenAI takes", async () => {
    const limit = 25 * 1024 * 1024;
    const file = (bytes: number): string =>
      base64(Buffer.concat([Buffer.from(gif(9, 9), "latin1"), Buffer.alloc(bytes - gif(9, 9).length)]));
    expect(await readPicture(file(limit), "image")).toMatchObject({ width: 9 });
    expect(await refusal(file(limit + 1))).toEqual([400, "image_file_too_large", "image"]);
  });
});

describe("base64", () => {
  it("is what the platform makes of bytes, whatever their number", () => {
    const bytes = Uint8Array.from({ length: 700 }, (_, at) => (at * 89) % 256);
    for (let size = 0; size <= bytes.length; size += 1) {
      const some = bytes.subarray(0, size);
      expect(toBase64(some)).toBe(Buffer.from(some).toString("base64"));
      expect(fromBase64(toBase64(some))).toEqual(new Uint8Array(some));
    }
  });

  it("may be read from its beginning only", () => {
    const text = pngText({ width: 1, height: 1, colourType: 0, depth: 8 });
    expect(fromBase64(text, 8)).toEqual(fromBase64(text).subarray(0, 6));
  });
});
