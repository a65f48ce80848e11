import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/conversation/types.ts";
import { embed } from "../../src/index.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import { PNG } from "../support/clients.ts";
import { embeddingRequest } from "./embeddings-asked.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

describe("vectors in process are those over HTTP", () => {
  it.each<[string, JsonObject]>([
    ["one", { model: "amazon.titan-embed-text-v2:0", input: "Hello" }],
    ["many, shorter", { model: "amazon.titan-embed-text-v2:0", input: ["a", "b c"], dimensions: 256 }],
    [
      "in batches",
      { model: "cohere.embed-english-v3", input: Array.from({ length: 200 }, (_, i) => `t ${i}`) },
    ],
    ["whatever their form", { model: "cohere.embed-v4:0", input: ["a"], encoding_format: "base64" }],
    ["of token ids", { model: "cohere.embed-v4:0", input: [[9906], [4435]] }],
    [
      "of an image",
      { model: "amazon.titan-embed-image-v1", input: [{ image: `data:image/png;base64,${PNG}` }] },
    ],
    ["adjusted", { model: "amazon.titan-embed-text-v2:0", input: "a", input_type: "query" }],
  ])("%s", async (_, body) => {
    const response = await house.handler(embeddingRequest({ ...body, encoding_format: "float" }));
    const { data, model, usage } = (await response.json()) as {
      data: { embedding: number[] }[];
      model: string;
      usage: object;
    };
    const { value, adjustments, awsRequestId } = await embed(
      body as { model: string; input: string },
      house.handler,
    );
    expect(value).toStrictEqual({ vectors: data.map(({ embedding }) => embedding), model, usage });
    expect(JSON.stringify(adjustments)).toBe(response.headers.get("x-bedrock-adjustments") ?? "[]");
    expect(awsRequestId).toMatch(/^0000/);
  });
});
