import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BedrockOpenAIEmbeddings } from "../../../integrations/langchain.ts";
import type { BedrockOpenAIEmbeddingsFields } from "../../../integrations/langchain/fields.ts";
import { eventually, type House, openHouse } from "../../support/bedrock.ts";
import { INVALID } from "../../support/clients.ts";

const COHERE = "cohere.embed-multilingual-v3";
const TITAN = "amazon.titan-embed-text-v2:0";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const embeddings = (fields: Partial<BedrockOpenAIEmbeddingsFields> = {}): BedrockOpenAIEmbeddings =>
  new BedrockOpenAIEmbeddings({ model: COHERE, handler: house.handler, ...fields });

const bodies = (): Record<string, unknown>[] =>
  house.bedrock.requests.map(({ body }) => body as Record<string, unknown>);

const closeness = (one: number[], other: number[]): number =>
  one.reduce((sum, value, index) => sum + value * other[index]!, 0);

describe("BedrockOpenAIEmbeddings", () => {
  it.each([COHERE, TITAN, "cohere.embed-v4:0", "amazon.nova-2-multimodal-embeddings-v1:0"])(
    "finds the document with %s",
    async (model) => {
      const documents = await embeddings({ model }).embedDocuments([
        "the pump is warm",
        "invoices are paid",
        "the alarm of the boiler",
      ]);
      const query = await embeddings({ model }).embedQuery("a warm pump");
      const scores = documents.map((document) => closeness(query, document));
      expect(scores.indexOf(Math.max(...scores))).toBe(0);
    },
  );

  it("tells documents and queries apart, where the family does", async () => {
    await embeddings().embedDocuments(["a"]);
    await embeddings().embedQuery("a");
    expect(bodies().map(({ input_type }) => input_type)).toEqual(["search_document", "search_query"]);
  });

  it("may be told what the vectors are for", async () => {
    await embeddings({ inputType: "clustering" }).embedDocuments(["a"]);
    await embeddings({ inputType: "clustering" }).embedQuery("a");
    await embeddings({ documentInputType: "classification" }).embedQuery("a");
    expect(bodies().map(({ input_type }) => input_type)).toEqual([
      "clustering",
      "clustering",
      "search_query",
    ]);
  });

  it("asks nothing of strict handlers that a family lacks", async () => {
    const handler = house.withOptions({ unsupported: "reject" });
    expect(await embeddings({ model: TITAN, handler }).embedQuery("a")).toHaveLength(1024);
    expect(await embeddings({ model: TITAN, handler }).embedDocuments(["a"])).toHaveLength(1);
    const told = embeddings({ model: TITAN, handler, inputType: "clustering" });
    await expect(told.embedQuery("a")).rejects.toMatchObject({
      code: "unsupported_parameter",
      param: "input_type",
    });
  });

  it("cuts into batches and keeps the order", async () => {
    const texts = Array.from({ length: 7 }, (_, index) => `text ${index}`);
    const cut = await embeddings({ batchSize: 3 }).embedDocuments(texts);
    expect(bodies().map(({ texts }) => (texts as string[]).length)).toEqual([3, 3, 1]);
    expect(cut).toEqual(await embeddings().embedDocuments(texts));
  });

  it("sends texts as they are, unless told to strip line breaks", async () => {
    await embeddings().embedQuery("a\nb");
    await embeddings({ stripNewLines: true }).embedQuery("a\nb");
    expect(bodies().map(({ texts }) => texts)).toEqual([["a\nb"], ["a b"]]);
  });

  it("knows dimensions and what else the model takes", async () => {
    const [vector] = await embeddings({
      model: TITAN,
      dimensions: 256,
      modelKwargs: { normalize: false },
    }).embedDocuments(["a"]);
    expect(vector).toHaveLength(256);
    expect(bodies()[0]).toMatchObject({ dimensions: 256, normalize: false });
  });

  it("of nothing is nothing, and asks nobody", async () => {
    expect(await embeddings().embedDocuments([])).toEqual([]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is an error where AWS refuses, once", async () => {
    house.bedrock.enqueue(INVALID);
    await expect(embeddings().embedDocuments(["a"])).rejects.toMatchObject({
      name: "BedrockOpenAIError",
      status: 400,
    });
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("that fails stops the other batches, which would be paid for", async () => {
    const stalled = { fault: { kind: "stall", afterEvents: -1 } } as const;
    house.bedrock.enqueue(stalled, stalled, stalled, INVALID);
    const failing = embeddings({ batchSize: 1 }).embedDocuments(["a", "b", "c", "d"]);
    await expect(failing).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("not amused") as unknown,
    });
    await eventually(() => house.bedrock.requests.filter(({ aborted }) => aborted).length === 3);
    expect(house.logged).toEqual([]);
  });

  it("refuses what makes no sense, before any call", () => {
    expect(() => new BedrockOpenAIEmbeddings({} as never)).toThrow(/'model' is missing/);
    for (const batchSize of [0, 1.5, 2049]) expect(() => embeddings({ batchSize })).toThrow(/'batchSize'/);
    expect(() => embeddings({ truncate: "END" } as never)).toThrow(/no field 'truncate'.*'modelKwargs'/);
    expect(() => embeddings({ endpoint: "http://127.0.0.1:1" })).toThrow(
      /'endpoint' must be given to the handler/,
    );
  });
});
