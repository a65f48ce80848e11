import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Reply } from "../../src/testing/index.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import {
  bodies,
  COHERE,
  COHERE_4,
  cosine,
  embed,
  embeddingRequest,
  MARENGO_2,
  NOVA,
  TITAN,
  TITAN_V1,
  vectors,
} from "./embeddings-asked.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `word${index} x`);

/** Delays like those of a network, the same on every run. */
const slowly = (count: number): Reply[] =>
  Array.from({ length: count }, (_, index) => ({ headersDelayMs: (index * 7919) % 23 }));

describe("many inputs", () => {
  it("are in order, whichever of their calls is answered first", async () => {
    house.bedrock.enqueue(...slowly(300));
    const input = texts(300);
    const { data, usage } = await embed(house, { model: TITAN, input, dimensions: 256 });
    expect(data.map(({ index }) => index)).toEqual(input.map((_, index) => index));
    expect(house.bedrock.requests).toHaveLength(300);
    for (const at of [0, 1, 150, 298, 299]) {
      const [alone] = await vectors(house, { model: TITAN, input: input[at], dimensions: 256 });
      expect(data[at]!.embedding).toEqual(alone);
    }
    expect(new Set(data.map(({ embedding }) => embedding[0])).size).toBe(300);
    expect(usage.prompt_tokens).toBeGreaterThanOrEqual(300);
  });

  it("keep no more than eight calls open", async () => {
    house.bedrock.enqueue(...texts(40).map((): Reply => ({ headersDelayMs: 10 })));
    let most = 0;
    const watching = setInterval(() => (most = Math.max(most, house.bedrock.openRequests)), 1);
    await embed(house, { model: TITAN, input: texts(40) });
    clearInterval(watching);
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(1);
  });

  it.each([COHERE, COHERE_4])("go to %s 96 at a time, and come back in order", async (model) => {
    house.bedrock.enqueue({ headersDelayMs: 40 }, { headersDelayMs: 20 }, {});
    const input = texts(200);
    const all = await vectors(house, { model, input });
    const sent = bodies(house).map((body) => body["texts"] as string[]);
    expect(sent.map(({ length }) => length).toSorted((a, b) => b - a)).toEqual([96, 96, 8]);
    expect(sent.flat().toSorted()).toEqual(input.toSorted());
    for (const at of [0, 95, 96, 191, 192, 199]) {
      const [alone] = await vectors(house, { model, input: input[at] });
      expect(cosine(all[at]!, alone!)).toBeCloseTo(1, 6);
    }
  });

  it("may be 2,048, and no more", async () => {
    const input = texts(2048);
    expect((await embed(house, { model: COHERE, input })).data).toHaveLength(2048);
    expect(await embed(house, { model: COHERE, input: texts(2049) })).toMatchObject({
      status: 400,
      error: { code: "array_above_max_length", param: "input" },
    });
  });
});

describe("what is done on the caller's behalf", () => {
  it("is said: blank text for a model that refuses it", async () => {
    const told = await embed(house, { model: TITAN_V1, input: ["a", " ", "b"] });
    expect(told).toMatchObject({ status: 200, notes: [["input[1]", "emulated"]] });
    expect(
      bodies(house)
        .map(({ inputText }) => inputText)
        .toSorted(),
    ).toEqual([".", "a", "b"]);
  });

  it("is said: text that is cut", async () => {
    const told = await embed(house, { model: COHERE, input: ["a", "b".repeat(3_000)] });
    expect(told).toMatchObject({ status: 200, notes: [["input[1]", "clamped"]] });
    expect((bodies(house)[0]!["texts"] as string[])[1]).toHaveLength(2048);
    const own = { model: COHERE, input: "b".repeat(3_000), truncate: "NONE" };
    expect(await embed(house, own)).toMatchObject({ status: 400, error: { param: "input" } });
  });

  it("is said: parameters that a model does not have", async () => {
    const body = {
      model: TITAN_V1,
      input: "a",
      input_type: "query",
      truncate: "END",
      top_k: 3,
      api_key: "k",
    };
    const told = await embed(house, body);
    expect(told.notes).toEqual([
      ["input_type", "dropped"],
      ["truncate", "dropped"],
      ["top_k", "dropped"],
      ["api_key", "dropped"],
    ]);
    expect(bodies(house)).toEqual([{ inputText: "a" }]);
  });

  it("is refused instead where the operator wants that, before anything is sent", async () => {
    const asking = { options: { unsupported: "reject" as const } };
    for (const [model, more, param] of [
      [TITAN, { input_type: "query" }, "input_type"],
      [TITAN, { truncate: "END" }, "truncate"],
      [COHERE, { input: ["a", "b".repeat(3_000)] }, "input[1]"],
    ] as const)
      expect(await embed(house, { model, input: "a", ...more }, asking)).toMatchObject({
        status: 400,
        error: { code: "unsupported_parameter", param },
      });
    expect(house.bedrock.requests).toEqual([]);
    // What means as little as what was asked is no loss.
    expect(await embed(house, { model: TITAN, input: " " }, asking)).toMatchObject({ status: 200 });
  });
});

describe("a family's own parameters", () => {
  it.each<[string, object, object]>([
    [TITAN, { normalize: false }, { normalize: false }],
    [TITAN, { embeddingTypes: ["binary"] }, { embeddingTypes: ["binary"] }],
    [
      COHERE,
      { truncate: "START", embedding_types: "int8" },
      { truncate: "START", embedding_types: ["int8"] },
    ],
    [COHERE_4, { max_tokens: 7, truncate: "LEFT" }, { max_tokens: 7, truncate: "LEFT" }],
    [COHERE_4, { output_dimension: 256 }, { output_dimension: 256 }],
    [COHERE_4, { extra_body: { input_type: "clustering" } }, { input_type: "clustering" }],
    [
      NOVA,
      { embeddingPurpose: "IMAGE_RETRIEVAL", truncationMode: "START" },
      { singleEmbeddingParams: { embeddingPurpose: "IMAGE_RETRIEVAL", text: { truncationMode: "START" } } },
    ],
    [NOVA, { embeddingDimension: 256 }, { singleEmbeddingParams: { embeddingDimension: 256 } }],
    [MARENGO_2, { textTruncate: "none" }, { textTruncate: "none" }],
    [COHERE, { additionalModelRequestFields: { truncate: "NONE" } }, { truncate: "NONE" }],
  ])("reach %s: %j", async (model, own, sent) => {
    expect(await embed(house, { model, input: "a", ...own })).toMatchObject({ status: 200, notes: [] });
    expect(bodies(house)).toMatchObject([sent]);
  });

  it("give numbers of other types as they are, as base64 too", async () => {
    for (const [model, own] of [
      [TITAN, { embeddingTypes: ["binary"] }],
      [COHERE, { embedding_types: ["ubinary"] }],
      [COHERE_4, { embedding_types: ["int8"] }],
    ] as const) {
      const [numbers] = await vectors(house, { model, input: "a", ...own });
      expect(numbers!.every(Number.isInteger)).toBe(true);
      const told = await embed(house, { model, input: "a", ...own, encoding_format: "base64" });
      const bytes = Buffer.from(told.data[0]!.embedding as unknown as string, "base64");
      expect(numbers!.map((_, index) => bytes.readFloatLE(index * 4))).toEqual(numbers);
    }
  });

  it("that ask for several vectors of one input are refused", async () => {
    const asked = { model: COHERE, input: "a", embedding_types: ["float", "int8"] };
    expect(await embed(house, asked)).toMatchObject({ status: 400, error: { param: "embedding_types" } });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("what AWS is told of the call", () => {
  const headersOf = (): Record<string, string> => house.bedrock.requests[0]!.headers;

  it("is who asked, and what for", async () => {
    const body = { model: TITAN, input: "a", user: "ann", requestMetadata: { team: "search" } };
    expect(await embed(house, body)).toMatchObject({ status: 200, notes: [] });
    expect(JSON.parse(headersOf()["x-amzn-bedrock-request-metadata"]!)).toEqual({
      user: "ann",
      team: "search",
    });
    expect(bodies(house)).toEqual([{ inputText: "a", embeddingTypes: ["float"] }]);
  });

  it("is how fast it may be", async () => {
    await embed(house, { model: TITAN, input: "a", service_tier: "flex" });
    expect(headersOf()["x-amzn-bedrock-service-tier"]).toBe("flex");
  });

  it("stands in defaults of the operator's, which the caller's words go before", async () => {
    const models = { mine: { model: COHERE_4, defaults: { dimensions: 256, input_type: "query" } } };
    const asking = { options: { models } };
    await embed(house, { model: "mine", input: "a" }, asking);
    await embed(house, { model: "mine", input: "a", dimensions: 512, task: "passage" }, asking);
    expect(bodies(house)).toMatchObject([
      { output_dimension: 256, input_type: "search_query" },
      { output_dimension: 512, input_type: "search_document" },
    ]);
  });
});

describe("x-bedrock-explain", () => {
  const explain = async (body: object): Promise<unknown> => {
    const headers = { "x-bedrock-explain": "1" };
    return (await house.handler(embeddingRequest(body, { headers }))).json();
  };

  it("tells what would be sent, byte for byte, and sends nothing", async () => {
    const body = { model: COHERE, input: ["a", " b"], input_type: "query", user: "ann", top_k: 1 };
    const explained = await explain(body);
    expect(house.bedrock.requests).toEqual([]);
    await embed(house, body);
    const [{ path, body: sent } = { path: "", body: {} }] = house.bedrock.requests;
    expect(explained).toEqual({
      target: { model: COHERE, surface: "invoke" },
      request: {
        method: "POST",
        path,
        headers: { "x-amzn-bedrock-request-metadata": '{"user":"ann"}' },
        body: sent,
      },
      adjustments: [{ param: "top_k", action: "dropped", reason: expect.any(String) }],
    });
  });

  it("tells of a few of many calls", async () => {
    expect(await explain({ model: TITAN, input: texts(2048) })).toHaveLength(8);
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("a bad request", () => {
  it.each<[object | string, string, string | null]>([
    [{ encoding_format: "int8" }, "encoding_format", "invalid_value"],
    [{ encoding_format: 1 }, "encoding_format", "invalid_type"],
    [{ dimensions: 1e9 }, "dimensions", "unsupported_value"],
    [{ dimensions: 0 }, "dimensions", "integer_below_min_value"],
    [{ input: [] }, "input", "empty_array"],
    [{ input: "" }, "input", "invalid_value"],
    [{ input: ["a", ""] }, "input[1]", "invalid_value"],
    [{ input: ["a", 1] }, "input[1]", "invalid_type"],
    [{ input: [999_999] }, "input", "invalid_value"],
    [{ input: undefined }, "input", "missing_required_parameter"],
    [{ input_type: "", model: COHERE }, "input_type", "string_below_min_length"],
    [{ input_type: "poetry", model: COHERE }, "input_type", "invalid_value"],
    [{ metadata: { a: 1 } }, "metadata.a", "invalid_type"],
  ])("is named, and nothing is sent: %j", async (body, param, code) => {
    const told = await embed(house, { model: TITAN, input: "a", ...(body as object) });
    expect(told).toMatchObject({ status: 400, error: { type: "invalid_request_error", param, code } });
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each(["", "[]", "{", '"input"', '{"model":null,"input":"a"}', '{"input":"a"}'])(
    "that is none is refused: %s",
    async (body) => {
      expect(await embed(house, body)).toMatchObject({ status: 400 });
    },
  );

  it("by another method is told which one", async () => {
    const response = await house.handler(new Request("http://localhost/v1/embeddings"));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });
});
