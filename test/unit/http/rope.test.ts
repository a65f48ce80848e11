import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Rope } from "../../../src/http/rope.ts";

const bytes = fc.uint8Array({ maxLength: 6, max: 3 });

it("bytes in pieces are what they are in one, wherever they are read", () => {
  fc.assert(
    fc.property(
      fc.array(bytes, { maxLength: 6 }),
      fc.array(fc.nat(40), { maxLength: 12 }),
      (pieces, places) => {
        const rope = new Rope(pieces);
        const whole = Buffer.concat(pieces);
        expect(rope.length).toBe(whole.length);
        expect(rope.at(-1)).toBeUndefined();
        for (const [turn, place] of places.entries()) {
          expect(rope.at(place)).toBe(whole[place]);
          expect(rope.indexOf(turn % 4, place)).toBe(whole.indexOf(turn % 4, place));
          const to = Math.min(place + turn, whole.length);
          expect(Buffer.concat(rope.slice(place, to))).toEqual(whole.subarray(place, to));
        }
      },
    ),
  );
});
