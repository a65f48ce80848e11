import { decode } from "fast-png";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MaskColours, maskWithin, toFamilyMask } from "../../src/images/mask.ts";
import { readPicture } from "../../src/images/read-picture.ts";
import { type PngDraft, writePng } from "../support/write-png.ts";

/** What a mask's pixel becomes by how opaque it is. */
const RULES: Readonly<Record<MaskColours, (alpha: number) => number>> = {
  "black-edits": (alpha) => (alpha >= 128 ? 255 : 0),
  "white-generates": (alpha) => (alpha >= 128 ? 0 : 255),
  "white-edits": (alpha) => 255 - alpha,
};

const COLOURS = Object.keys(RULES) as MaskColours[];

/** Ways to write one and the same plane of alphas; those of one transparent colour, and of a short palette, can say less. */
interface Way extends Pick<PngDraft, "colourType" | "depth" | "palette" | "transparency"> {
  /** The alpha that is really written. */
  said(alpha: number): number;
  samples(alpha: number, noise: number): number[];
}

const onOrOff = (alpha: number): number => (alpha < 128 ? 0 : 255);
const everyAlpha = Array.from({ length: 256 }, (_, alpha) => alpha);

const oneColour = (depth: PngDraft["depth"]): Way => ({
  colourType: 0,
  depth,
  transparency: [0, 1],
  said: onOrOff,
  samples: (alpha) => [alpha < 128 ? 1 : 0],
});

const shortPalette = (depth: 1 | 2 | 4): Way => ({
  colourType: 3,
  depth,
  palette: [9, 9, 9, 0, 0, 0],
  transparency: [0],
  said: onOrOff,
  samples: (alpha) => [alpha < 128 ? 0 : 1],
});

const WAYS: readonly Way[] = [
  {
    colourType: 6,
    depth: 8,
    said: (alpha) => alpha,
    samples: (alpha, noise) => [noise, 255 - noise, 3, alpha],
  },
  {
    colourType: 6,
    depth: 16,
    said: (alpha) => alpha,
    samples: (alpha, noise) => [0, noise, 0xffff, (alpha << 8) | noise],
  },
  { colourType: 4, depth: 8, said: (alpha) => alpha, samples: (alpha, noise) => [noise, alpha] },
  { colourType: 4, depth: 16, said: (alpha) => alpha, samples: (alpha, noise) => [noise, alpha << 8] },
  {
    colourType: 3,
    depth: 8,
    palette: everyAlpha.flatMap((alpha) => [alpha, 0, 255 - alpha]),
    transparency: everyAlpha,
    said: (alpha) => alpha,
    samples: (alpha) => [alpha],
  },
  ...([1, 2, 4] as const).map(shortPalette),
  ...([1, 2, 4, 8, 16] as const).map(oneColour),
  {
    colourType: 2,
    depth: 8,
    transparency: [0, 1, 0, 2, 0, 3],
    said: onOrOff,
    samples: (alpha) => [1, 2, alpha < 128 ? 3 : 4],
  },
  {
    colourType: 2,
    depth: 16,
    transparency: [1, 1, 2, 2, 3, 3],
    said: onOrOff,
    samples: (alpha) => [0x0101, 0x0202, alpha < 128 ? 0x0303 : 0x0302],
  },
];

const plane = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      alphas: fc.array(fc.oneof(fc.constantFrom(0, 127, 128, 255), fc.integer({ min: 0, max: 255 })), {
        minLength: width * height,
        maxLength: width * height,
      }),
    }),
  );

describe("a mask, however its file is written,", () => {
  it("becomes what the rule of its colours says, pixel by pixel; and is refused where nothing is to be edited", async () => {
    await fc.assert(
      fc.asyncProperty(
        plane,
        fc.constantFrom(...WAYS),
        fc.boolean(),
        fc.constantFrom(...COLOURS),
        async ({ width, height, alphas }, way, interlaced, colours) => {
          const alphaAt = (x: number, y: number): number => alphas[y * width + x]!;
          const { said, samples, ...draft } = way;
          const pixel = (x: number, y: number): number[] => samples(alphaAt(x, y), (x * 31 + y * 17) & 0xff);
          const file = writePng({ ...draft, width, height, interlaced, pixel });
          const mask = await readPicture(file.toString("base64"), "mask");
          const rule = RULES[colours];
          const wanted = alphas.map((alpha) => rule(said(alpha)));

          const made = await maskWithin(mask, colours);
          if (wanted.every((light) => light === rule(255))) {
            expect(made).toBeUndefined();
            await expect(toFamilyMask(mask, mask, colours)).rejects.toMatchObject({
              status: 400,
              param: "mask",
            });
            return;
          }
          expect(await toFamilyMask(mask, mask, colours)).toEqual(made);
          const read = decode(Buffer.from(made!.base64, "base64"), { checkCrc: true });
          expect([read.width, read.height, read.channels, read.depth]).toEqual([width, height, 3, 8]);
          expect([...read.data]).toEqual(wanted.flatMap((light) => [light, light, light]));
        },
      ),
      { numRuns: 400 },
    );
  });

  it("cut off or damaged anywhere, is a 400 and nothing else", async () => {
    const whole = writePng({
      width: 9,
      height: 7,
      colourType: 6,
      depth: 8,
      pixel: (x, y) => [x, y, 7, x * y],
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length }),
        fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), { maxLength: 4 }),
        async (length, changes) => {
          const file = Buffer.from(whole);
          for (const [at, value] of changes) file[at] = value;
          const base64 = file.subarray(0, length).toString("base64");
          const picture = { base64, format: "png", width: 9, height: 7, param: "mask" } as const;
          const outcome = await toFamilyMask(picture, picture, "white-edits").catch(
            (error: unknown) => error,
          );
          expect(outcome).toMatchObject(
            outcome instanceof Error ? { status: 400, param: "mask" } : { format: "png" },
          );
        },
      ),
      { numRuns: 400 },
    );
  });
});
