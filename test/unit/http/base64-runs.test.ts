import * as fc from "fast-check";
import { expect, it } from "vitest";
import { findBase64Runs, LARGE_RUN, type Run } from "../../../src/http/base64-runs.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Several times what is looked at in one go. */
const LENGTH = 200_000;
const JSON_AROUND = { before: '{"a":"', after: '"}' };

const letters = (length: number): string => ALPHABET.repeat(Math.ceil(length / 64)).slice(0, length);

const bytesOf = (base64: string): Uint8Array =>
  Buffer.from(`${JSON_AROUND.before}${base64}${JSON_AROUND.after}`, "latin1");

/** The same, found letter by letter. */
function found(bytes: Uint8Array): Run[] {
  const text = Buffer.from(bytes).toString("latin1");
  return Array.from(text.matchAll(/(?<=")[A-Za-z0-9+/]+={0,2}(?=")/g), ({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  })).filter(({ start, end }) => (end - start) % 4 === 0 && end - start > LARGE_RUN);
}

it("megabytes of base64 are one run", () => {
  const bytes = bytesOf(letters(LENGTH));
  expect(findBase64Runs(bytes)).toEqual([{ start: 6, end: 6 + LENGTH }]);
});

const STRANGERS = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(
  (char) => !ALPHABET.includes(char),
);

it.each(STRANGERS.map((char) => [char.charCodeAt(0), char] as const))(
  "a byte of %i between them is none, wherever it stands",
  (_, char) => {
    for (const at of [1, 40_000, 65_535, 65_536, 100_001, LENGTH - 4, LENGTH - 1]) {
      const text = letters(LENGTH);
      const bytes = bytesOf(`${text.slice(0, at)}${char}${text.slice(at + 1)}`);
      expect(findBase64Runs(bytes)).toEqual(found(bytes));
    }
  },
);

it("runs are found as letter by letter, in whatever memory", () => {
  const anyPart = fc.oneof(
    fc.integer({ min: 1, max: 150_000 }).map((length) => `"${letters(length)}"`),
    fc.integer({ min: 8_192, max: 37_500 }).map((groups) => `"${letters(groups * 4 - 1)}="`),
    fc.integer({ min: 8_192, max: 37_500 }).map((groups) => `"${letters(groups * 4)}"`),
    fc.constantFrom('"-"', '"_"', ",", " ", '"="', '"a"'),
  );
  fc.assert(
    fc.property(fc.array(anyPart, { maxLength: 6 }), fc.nat(7), (parts, offset) => {
      const text = Buffer.from(`[${parts.join(",")}]`);
      const memory = new Uint8Array(text.length + offset);
      memory.set(text, offset);
      const bytes = memory.subarray(offset);
      expect(findBase64Runs(bytes)).toEqual(found(bytes));
    }),
    { numRuns: 200 },
  );
});
