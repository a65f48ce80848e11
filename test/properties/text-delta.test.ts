import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Frame, FrameReader, payloadOf } from "../../src/bedrock/courier/event-stream.ts";
import { readTextDelta } from "../../src/bedrock/courier/text-delta.ts";
import { concat, frame, framesIn } from "../support/frames.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** What stands in a text: all that JSON has an escape for or refuses, and what looks like the end of it. */
const piece = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom(" sat", "ä", "🙂", "\u2028", "\u007f", "\ufeff", "\ufffd", "\n", "\u0000", "\u001f"),
  fc.constantFrom('"', "\\", "\\n", "\\u0041", "\\ud83d", '"}}', '\\"}}', '"},"p":"abc"}', '","text":"'),
);
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
const escaped = text.map((said) => JSON.stringify(said).slice(1, -1));

const block = fc.oneof(fc.nat(12).map(String), fc.constantFrom("", "-1", "-0", "00", "1e0", "1.5", "null"));
const padding = fc.oneof(
  fc.nat(ALPHABET.length).map((size) => ALPHABET.slice(0, size)),
  text,
);
const rest = fc.oneof(
  padding.map((p) => `,"p":"${p}"}`),
  fc.constantFrom("}", "", "}}", "} ", ',"p":"ab"}}', ',"p":"ab","delta":{"text":"other"}}'),
);

/** As AWS writes it, and as nobody should. */
const asWritten = fc
  .tuple(block, fc.oneof(text, escaped), rest)
  .map(([n, said, end]) => `{"contentBlockIndex":${n},"delta":{"text":"${said}"}${end}`);
const otherwise = fc.oneof(
  fc
    .tuple(fc.nat(9), text)
    .map(([n, said]) => JSON.stringify({ delta: { text: said }, contentBlockIndex: n })),
  escaped.map((said) => `{"contentBlockIndex":0,"delta":{"text":"a","text":"${said}"}}`),
  text,
);

/** Some of them were damaged before they were put into a frame: then they are not even text. */
const payload = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: asWritten }, otherwise), fc.option(fc.tuple(fc.nat(), fc.nat(255))))
  .map(([json, damage]) => {
    const bytes = new Uint8Array(Buffer.from(json, "utf8"));
    if (damage && bytes.length > 0) bytes[damage[0] % bytes.length] = damage[1];
    return bytes;
  });

/** Frames of these payloads, in one read. */
const framesOf = (payloads: readonly (string | Uint8Array)[]): Frame[] => [
  ...framesIn(new FrameReader(), concat(...payloads.map((each) => frame({ ":event-type": "delta" }, each)))),
];

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

describe("a piece of text that is read without being parsed", () => {
  it("says what JSON.parse says of it, whatever the payload", () => {
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 4 }), (payloads) => {
        for (const each of framesOf(payloads)) {
          const read = readTextDelta(each);
          if (read === undefined) continue;
          // The padding is nobody's.
          expect({ p: expect.any(String), ...read }).toEqual({
            p: "",
            ...(parsed(payloadOf(each)) as object),
          });
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("is every one that AWS writes, where nothing in it is escaped", () => {
    const plain = fc
      .string({ unit: "grapheme", maxLength: 30 })
      .filter((said) => JSON.stringify(said) === `"${said}"`);
    fc.assert(
      fc.property(plain, fc.nat(9), fc.nat(ALPHABET.length), (said, contentBlockIndex, size) => {
        const delta = { contentBlockIndex, delta: { text: said } };
        const payloads = [delta, { ...delta, p: ALPHABET.slice(0, size) }].map((each) =>
          JSON.stringify(each),
        );
        expect(framesOf(payloads).map(readTextDelta)).toEqual([delta, delta]);
      }),
    );
  });
});
