import { describe, expect, it } from "vitest";
import { decoded, readAnswer, readText } from "../../../../src/bedrock/courier/read-text.ts";

async function* inPieces(...pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

const bytesOf = (...texts: string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));

describe("a whole answer", () => {
  it.each([
    ["no piece", [], ""],
    ["one piece", ["whole"], "whole"],
    ["many pieces", ["w", "ho", "le"], "whole"],
  ])("is the same in %s", async (_, texts, whole) => {
    await expect(readText(inPieces(...bytesOf(...texts)))).resolves.toBe(whole);
    const pieces = await readAnswer({ body: inPieces(...bytesOf(...texts)), output: undefined });
    expect(decoded(pieces)).toBe(whole);
    expect(decoded(pieces)).toBe(whole);
  });

  it("has its characters whole where a piece ends within one", async () => {
    const [first, second] = [Buffer.from("日本").subarray(0, 4), Buffer.from("日本").subarray(4)];
    await expect(readText(inPieces(first!, second!))).resolves.toBe("日本");
  });

  it.each([[Buffer.from("whole")], ["whole"]])("is what a test double answers itself: %s", async (body) => {
    const pieces = await readAnswer({ body: inPieces(), output: { body } });
    expect(decoded(pieces)).toBe("whole");
  });
});
