import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitCanvas, isCanvasShape } from "../../../src/images/families/amazon/canvas-size.ts";
import { amazonModelOf } from "../../../src/images/families/amazon/models.ts";
import { nearestSize, parseSize, sizeList, sizeText } from "../../../src/images/sizes.ts";

const sizeOf = (text: string) => parseSize(text)!;
const titan = (text: string): string =>
  sizeText(amazonModelOf("amazon.titan-image-generator-v2:0").fit(sizeOf(text)));
const canvas = (text: string): string => sizeText(fitCanvas(sizeOf(text)));

describe("a size of the caller's", () => {
  it("is a width and a height, or nothing for auto", () => {
    expect(parseSize("1792x1024")).toEqual({ width: 1792, height: 1024 });
    expect(parseSize("128X512")).toEqual({ width: 128, height: 512 });
    expect(parseSize("auto")).toBeUndefined();
  });

  it.each(["1024", "1024x", "x1024", "0x1024", "-1x5", "1024x1024x3", "1e3x1e3", "large", "999999x1", "1:1"])(
    "'%s' is refused, not guessed at",
    (size) => {
      expect(() => parseSize(size)).toThrow(
        expect.objectContaining({ status: 400, code: "invalid_value", param: "size" }) as Error,
      );
    },
  );
});

describe("the nearest size of a list", () => {
  it("has the nearest shape, and of those with it the nearest area", () => {
    const sizes = sizeList("512x512 1024x1024 2048x1024 512x256");
    expect(sizeText(nearestSize({ width: 600, height: 600 }, sizes))).toBe("512x512");
    expect(sizeText(nearestSize({ width: 900, height: 900 }, sizes))).toBe("1024x1024");
    expect(sizeText(nearestSize({ width: 600, height: 300 }, sizes))).toBe("512x256");
  });
});

describe("Titan's sizes", () => {
  it.each([
    ["1024x1024", "1024x1024"],
    ["256x256", "512x512"],
    ["1792x1024", "1152x640"],
    ["1024x1792", "768x1408"],
    ["1536x1024", "1152x768"],
    ["1173x640", "1173x640"],
  ])("%s becomes %s", (asked, made) => {
    expect(titan(asked)).toBe(made);
  });
});

describe("Canvas's sizes", () => {
  it.each([
    ["1536x1024", "1536x1024"],
    ["256x256", "320x320"],
    ["1000x1000", "1008x1008"],
    ["2048x2048", "2032x2032"],
    ["4096x1024", "4080x1024"],
    ["128x512", "320x1280"],
    ["1x99999", "320x1280"],
  ])("%s becomes %s", (asked, made) => {
    expect(canvas(asked)).toBe(made);
  });

  it("are always ones that it makes, and those that it makes stay", () => {
    const side = fc.integer({ min: 1, max: 99_999 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const made = fitCanvas({ width, height });
        expect(isCanvasShape(made) && made.width % 16 === 0 && made.height % 16 === 0).toBe(true);
        expect(fitCanvas(made)).toEqual(made);
      }),
    );
  });
});
