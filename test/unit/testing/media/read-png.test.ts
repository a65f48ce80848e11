import { describe, expect, it } from "vitest";
import { readPng } from "../../../../src/testing/media/read-png.ts";
import { pngOf } from "../data/pictures.ts";
import type { PngParts } from "../data/pictures.ts";

/** Every pixel of a picture, in rows. */
function pixelsOf(parts: PngParts, maxPixels = 1000): number[][][] | undefined {
  const picture = readPng(Buffer.from(pngOf(parts), "base64"), maxPixels);
  return (
    picture &&
    Array.from({ length: picture.height }, (_, y) => {
      const row = picture.row(y);
      return Array.from({ length: picture.width }, (_, x) => [...row.subarray(x * 4, x * 4 + 4)]);
    })
  );
}

const rows = (...bytes: number[]) => Uint8Array.from(bytes);
const one = (colourType: number, depth: number, ...row: number[]) => ({
  width: 2,
  height: 1,
  colourType,
  depth,
  rows: rows(0, ...row),
});
const PALETTE = { PLTE: rows(10, 20, 30, 40, 50, 60), tRNS: rows(0) };

describe("the pixels of a PNG", () => {
  it.each<[string, PngParts, number[][]]>([
    [
      "grey",
      one(0, 8, 7, 9),
      [
        [7, 7, 7, 255],
        [9, 9, 9, 255],
      ],
    ],
    [
      "grey in one bit",
      one(0, 1, 0b10000000),
      [
        [255, 255, 255, 255],
        [0, 0, 0, 255],
      ],
    ],
    [
      "grey in two bits",
      one(0, 2, 0b01100000),
      [
        [85, 85, 85, 255],
        [170, 170, 170, 255],
      ],
    ],
    [
      "grey in sixteen bits",
      one(0, 16, 1, 99, 2, 99),
      [
        [1, 1, 1, 255],
        [2, 2, 2, 255],
      ],
    ],
    [
      "RGB",
      one(2, 8, 1, 2, 3, 4, 5, 6),
      [
        [1, 2, 3, 255],
        [4, 5, 6, 255],
      ],
    ],
    [
      "a palette with transparency",
      { ...one(3, 8, 0, 1), chunks: PALETTE },
      [
        [10, 20, 30, 0],
        [40, 50, 60, 255],
      ],
    ],
    [
      "a palette in four bits",
      { ...one(3, 4, 0x10), chunks: PALETTE },
      [
        [40, 50, 60, 255],
        [10, 20, 30, 0],
      ],
    ],
    [
      "grey and alpha",
      one(4, 8, 7, 8, 9, 10),
      [
        [7, 7, 7, 8],
        [9, 9, 9, 10],
      ],
    ],
    [
      "RGBA",
      one(6, 8, 1, 2, 3, 4, 5, 6, 7, 8),
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
    ],
  ])("%s", (_, parts, expected) => {
    expect(pixelsOf(parts)).toEqual([expected]);
  });

  const grey = (...values: number[]) => values.map((value) => [value, value, value, 255]);
  it.each<[string, number[], number[]]>([
    ["nothing", [0, 5, 6, 7], [5, 6, 7]],
    ["the left", [1, 5, 6, 250], [5, 11, 5]],
    ["the one above", [2, 5, 6, 7], [15, 26, 37]],
    ["both", [3, 5, 6, 7], [10, 21, 32]],
    ["the nearest of three", [4, 5, 6, 7], [15, 26, 37]],
  ])("a row that is told by its difference from %s", (_, row, expected) => {
    const parts = { width: 3, height: 2, colourType: 0, rows: rows(0, 10, 20, 30, ...row) };
    expect(pixelsOf(parts)).toEqual([grey(10, 20, 30), grey(...expected)]);
  });
});

describe("what is not read", () => {
  const fine = one(0, 8, 7, 9);
  it("a PNG of more pixels than asked for", () => {
    expect(pixelsOf(fine, 2)).toBeDefined();
    expect(pixelsOf(fine, 1)).toBeUndefined();
  });

  it.each<[string, PngParts]>([
    ["an interlaced one", { ...fine, interlace: 1 }],
    ["one with fewer pixels than it says", { ...fine, height: 2 }],
    ["one with more pixels than it says", { ...fine, width: 1 }],
    ["one of an unknown colour type", { ...fine, colourType: 5 }],
  ])("%s", (_, parts) => {
    expect(pixelsOf(parts)).toBeUndefined();
  });

  it("what is cut short", () => {
    const whole = Buffer.from(pngOf(fine), "base64");
    for (const length of [0, 8, 20, 45]) expect(readPng(whole.subarray(0, length), 100)).toBeUndefined();
  });
});
