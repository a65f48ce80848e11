import { isIP } from "node:net";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isBlock } from "../../src/media/allow-entry.ts";

const piece = fc.constantFrom(
  "0",
  "1",
  "01",
  "9",
  "10",
  "249",
  "255",
  "256",
  "ffff",
  "1fffff",
  ":",
  "::",
  ".",
  "1.2.3.4",
);
const looksLikeOne = fc
  .tuple(fc.array(piece, { maxLength: 9 }), fc.constantFrom(".", ":", ""))
  .map(([pieces, between]) => pieces.join(between));
const anything = fc.string({ maxLength: 12 }).filter((text) => !/[/%]/.test(text));

it("an operator's address is one where Node says so, and nothing else is", () => {
  fc.assert(
    fc.property(fc.oneof(looksLikeOne, fc.ipV4(), fc.ipV6(), anything), (text) => {
      const bits = { 0: undefined, 4: 32, 6: 128 }[isIP(text)];
      expect(isBlock(text)).toBe(bits !== undefined);
      expect(isBlock(`${text}/${bits}`)).toBe(bits !== undefined);
      expect(isBlock(`${text}/${(bits ?? 0) + 1}`)).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});
