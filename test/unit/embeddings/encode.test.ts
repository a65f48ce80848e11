import { describe, expect, it } from "vitest";
import { encode, type Format, FORMATS } from "../../../src/embeddings/encode.ts";
import { assertSchema } from "../../support/openai-schema.ts";

const written = (digits: string[], format: Format, model = "m", tokens = 3): string => {
  const vectors = digits.map((vector) => FORMATS[format].read([new TextEncoder().encode(`[${vector}]`)]));
  return Buffer.concat(encode({ vectors, model, tokens }, format)).toString();
};

interface Written {
  data: { embedding: string }[];
}

/** As OpenAI's clients read base64. */
const floatsIn = (base64: string): number[] => {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
};

const viaBase64 = (vectors: string[]): number[][] =>
  (JSON.parse(written(vectors, "base64")) as Written).data.map(({ embedding }) => floatsIn(embedding));

describe("floats", () => {
  it("stand in the answer digit for digit, in OpenAI's form", () => {
    const answer = written(["0.10, -2.50e-3", "1"], "float");
    expect(answer).toContain('"embedding":[0.10, -2.50e-3]}');
    expect(JSON.parse(answer)).toEqual({
      object: "list",
      data: [
        { object: "embedding", index: 0, embedding: [0.1, -0.0025] },
        { object: "embedding", index: 1, embedding: [1] },
      ],
      model: "m",
      usage: { prompt_tokens: 3, total_tokens: 3 },
    });
    assertSchema("CreateEmbeddingResponse", JSON.parse(answer));
  });

  it("stand beside a model's name that has to be escaped", () => {
    expect(JSON.parse(written(["1"], "float", 'a"\\é日'))).toMatchObject({ model: 'a"\\é日' });
  });
});

describe("base64", () => {
  it("is of 32-bit floats, the lowest byte first", () => {
    expect(JSON.parse(written(["1,-2"], "base64"))).toMatchObject({
      data: [{ object: "embedding", index: 0, embedding: "AACAPwAAAMA=" }],
    });
  });

  it.each([
    ["0, -0"],
    ["3.4028234663852886e38, -3.4028234663852886e38"],
    ["1.401298464324817e-45, 1.1754943508222875e-38"],
    ["0.1, 0.2, 0.30000000000000004"],
    ["1e-400, -1e-300"],
  ])("of extremes is the nearest 32-bit float: %s", (vector) => {
    const numbers = JSON.parse(`[${vector}]`) as number[];
    expect(viaBase64([vector])).toEqual([numbers.map(Math.fround)]);
    expect(viaBase64([vector]).flat()).not.toContain(Number.NaN);
  });

  it.each([1, 2, 3, 4, 256, 3072])("of %i numbers is padded as base64 is", (count) => {
    const numbers = Array.from({ length: count }, (_, index) => index / 3 - 1);
    const [{ embedding } = { embedding: "" }] = (JSON.parse(written([numbers.join()], "base64")) as Written)
      .data;
    expect(embedding).toBe(Buffer.from(Float32Array.from(numbers).buffer).toString("base64"));
  });

  it("of what are no numbers is no answer", () => {
    expect(() => written(["1,,2"], "base64")).toThrow(SyntaxError);
  });
});
