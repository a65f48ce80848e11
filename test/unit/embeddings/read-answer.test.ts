import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/embeddings/encode.ts";
import type { Digits } from "../../../src/embeddings/lift-vectors.ts";
import { readAnswer } from "../../../src/embeddings/read-answer.ts";
import {
  COHERE_V3,
  COHERE_V4,
  family,
  MARENGO_2,
  MARENGO_3,
  NOVA,
  settings,
  thrownBy,
  TITAN_IMAGE,
  TITAN_V1,
  TITAN_V2,
} from "./samples.ts";

const TOKENS = "x-amzn-bedrock-input-token-count";

const read = (
  model: string,
  body: unknown,
  {
    headers = {},
    count = 1,
    own = {},
  }: { headers?: Record<string, string>; count?: number; own?: object } = {},
): { vectors: string[]; tokens: number } => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = { requestId: undefined, headers, pieces: [new TextEncoder().encode(text)], text };
  const set = settings({ own: { ...own } });
  const { vectors, tokens } = readAnswer(answer, family(model), set, {
    count,
    model,
    reading: FORMATS.float,
  });
  return { vectors: vectors.map((vector) => Buffer.concat(vector as Digits).toString()), tokens };
};

describe("an answer", () => {
  it.each<[string, string, unknown, object?]>([
    ["Titan v1", TITAN_V1, { embedding: [1, 2], inputTextTokenCount: 5 }],
    ["Titan v2", TITAN_V2, { embedding: [1, 2], inputTextTokenCount: 5 }],
    [
      "Titan v2 by type",
      TITAN_V2,
      { embedding: [9], embeddingsByType: { float: [1, 2] }, inputTextTokenCount: 5 },
    ],
    [
      "Titan v2 in bits",
      TITAN_V2,
      { embeddingsByType: { binary: [1, 2] }, inputTextTokenCount: 5 },
      { embeddingTypes: ["binary"] },
    ],
    ["Titan multimodal", TITAN_IMAGE, { embedding: [1, 2], inputTextTokenCount: 5, message: null }],
    ["Cohere v3 by type", COHERE_V3, { embeddings: { float: [[1, 2]] }, texts: ["[7]"] }],
    ["Cohere v3 without types", COHERE_V3, { embeddings: [[1, 2]], response_type: "embeddings_floats" }],
    ["Cohere v4 in bytes", COHERE_V4, { embeddings: { int8: [[1, 2]] } }, { embedding_types: "int8" }],
    ["Nova", NOVA, { embeddings: [{ embeddingType: "TEXT", embedding: [1, 2] }] }],
    ["Marengo 2.7", MARENGO_2, { data: [{ embedding: [1, 2] }] }],
    ["Marengo 3", MARENGO_3, { data: { embedding: [1, 2] } }],
    ["Marengo 3 in a list", MARENGO_3, { data: [{ embedding: [1, 2], embeddingOption: "visual" }] }],
  ])("of %s is read, with its tokens", (_, model, body, own = {}) => {
    expect(read(model, body, { own, headers: { [TOKENS]: "5" } })).toEqual({ vectors: ["[1,2]"], tokens: 5 });
  });

  it("keeps the order of its inputs", () => {
    const body = { embeddings: { float: [[3], [1], [2]] } };
    expect(read(COHERE_V3, body, { count: 3 }).vectors).toEqual(["[3]", "[1]", "[2]"]);
  });
});

describe("tokens", () => {
  it("are those of the body before those of the header", () => {
    const body = { embedding: [1], inputTextTokenCount: 2 };
    expect(read(TITAN_V2, body, { headers: { [TOKENS]: "9" } }).tokens).toBe(2);
    expect(read(TITAN_V2, { embedding: [1] }, { headers: { [TOKENS]: "9" } }).tokens).toBe(9);
  });

  it.each([[null], ["7"], [1.5], [-5], [{}]])("are nought where nobody counted them: %j", (count) => {
    const body = { embedding: [1], inputTextTokenCount: count };
    expect(read(TITAN_V2, body, { headers: { [TOKENS]: "many" } }).tokens).toBe(0);
    expect(read(TITAN_V2, body).tokens).toBe(0);
  });
});

describe("a 200 that is no answer", () => {
  it.each<[string, string, unknown, number?]>([
    ["is not JSON", TITAN_V2, "<html>busy</html>"],
    ["is empty", TITAN_V2, ""],
    ["broke off", TITAN_V2, '{"embedding":[1,2'],
    ["is a list", TITAN_V2, "[1,2]"],
    ["is a word", TITAN_V2, '"embedding"'],
    ["is null", TITAN_V2, "null"],
    ["has nothing", TITAN_V2, {}],
    ["has no numbers", TITAN_V2, { embedding: [] }],
    ["has other things than numbers", TITAN_V2, { embedding: [1, false] }],
    ["has a number in the place of a vector", TITAN_V2, { embedding: 3 }],
    ["has too few", COHERE_V3, { embeddings: { float: [[1]] } }, 2],
    ["has too many", COHERE_V3, { embeddings: { float: [[1], [2]] } }, 1],
    ["has one that is empty", COHERE_V3, { embeddings: { float: [[1], []] } }, 2],
    ["has one that is empty among enough", COHERE_V3, { embeddings: { float: [[1], [], [2]] } }, 2],
    ["has none of the type", COHERE_V3, { embeddings: { int8: [[1]] } }],
    ["has one list for all", COHERE_V3, { embeddings: { float: [1, 2] } }, 2],
    ["has none in its list", NOVA, { embeddings: [] }],
    ["has none in its object", NOVA, { embeddings: [{ embeddingType: "TEXT" }] }],
    ["has no data", MARENGO_3, { data: null }],
  ])("and %s, is the server's fault", (_, model, body, count = 1) => {
    expect(thrownBy(() => read(model, body, { count }))).toMatchObject({
      status: 502,
      type: "server_error",
      code: "empty_response",
      message: expect.stringContaining(model),
    });
  });

  it("says what Titan says of it, but no account", () => {
    const message = "Image of arn:aws:s3:us-east-1:123456789012:a/b in 123456789012 is broken.";
    const said = expect.stringContaining("It said: Image of (an ARN of s3) in (an account) is broken.");
    const failed = { embedding: null, message };
    expect(thrownBy(() => read(TITAN_IMAGE, failed))).toMatchObject({ status: 502, message: said });
    expect(thrownBy(() => read(TITAN_IMAGE, { embedding: [1], message }))).toMatchObject({ message: said });
  });
});
