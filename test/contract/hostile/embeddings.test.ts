import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { PNG } from "../../support/clients.ts";
import {
  type Asking,
  bodies,
  COHERE,
  COHERE_4,
  embed,
  MARENGO_3,
  NOVA,
  TITAN,
  TITAN_IMAGE,
  TITAN_V1,
} from "../embeddings-asked.ts";

/** Nothing here asserts a time: the sizes are such that an answer would take minutes if its cost grew faster than they do. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const times = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

const EXPLAIN: Asking = { headers: { "x-bedrock-explain": "1" } };
const TOO_MUCH = { status: 400, error: { code: "array_above_max_length", param: "input" } };

describe("as many pieces as can be", () => {
  it.each([COHERE_4, TITAN_IMAGE])("are read, and make no more calls than inputs: %s", async (model) => {
    const input = times(2048, () => ({ content: times(64, () => ({ type: "text", text: "a" })) }));
    expect((await embed(house, { model, input }, EXPLAIN)).status).toBe(200);
    const more = times(2048, () => ({ content: times(65, () => ({ type: "text", text: "a" })) }));
    expect(await embed(house, { model, input: more }, EXPLAIN)).toMatchObject({
      status: 400,
      error: { param: "input[0].content" },
    });
  });

  it("are no flood of downloads", async () => {
    const reached: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      reached.push(url);
      return new Response("x");
    };
    const input = times(2048, (i) => ({ content: times(64, (j) => ({ image: `http://a/${i}/${j}` })) }));
    const told = await embed(house, { model: COHERE_4, input }, { options: { media: { fetch } } });
    expect(told).toMatchObject({ status: 400, error: { param: "input[7].content[52].image" } });
    expect(reached).toEqual([]);
  });

  it.each([TITAN_IMAGE, COHERE, COHERE_4, NOVA, MARENGO_3])(
    "are no flood of one image, named again and again: %s",
    async (model) => {
      const large = Buffer.concat([Buffer.from(PNG, "base64"), Buffer.alloc(1_000_000)]);
      const fetch = async (): Promise<Response> =>
        new Response(large, { headers: { "content-type": "image/png" } });
      const input = times(2048, () => ({ image: "http://a/b.png" }));
      const asking = { options: { media: { fetch } } };
      expect(await embed(house, { model, input }, asking)).toMatchObject(TOO_MUCH);
      expect(house.bedrock.requests).toEqual([]);
      const few = { model, input: input.slice(0, 20) };
      const explain = await embed(house, few, { ...asking, ...EXPLAIN });
      expect(explain.status).toBe(200);
    },
  );

  it("are no flood of parameters that every call would carry", async () => {
    const own = { additionalModelRequestFields: { x: "y".repeat(1_000_000) } };
    expect(await embed(house, { model: TITAN, input: times(2048, () => "a"), ...own })).toMatchObject(
      TOO_MUCH,
    );
    expect(house.bedrock.requests).toEqual([]);
  });

  it("are no flood of small parameters either, which weigh more in memory than in JSON", async () => {
    const members = Object.fromEntries(times(10_000, (index) => [`k${index}`, 1]));
    const own = { additionalModelRequestFields: members };
    const told = await embed(house, { model: TITAN, input: times(2048, () => "a"), ...own }, EXPLAIN);
    expect(told).toMatchObject(TOO_MUCH);
    expect((await embed(house, { model: TITAN, input: ["a"], ...own }, EXPLAIN)).status).toBe(200);
  });

  it("are no texts that are taken apart for every input", async () => {
    const own = { singleEmbeddingParams: "s".repeat(15_000) };
    expect(await embed(house, { model: NOVA, input: times(2048, () => "a"), ...own })).toMatchObject({
      status: 400,
      error: { code: "invalid_type", param: "singleEmbeddingParams" },
    });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("a text of megabytes", () => {
  const text = "word ".repeat(200_000);

  it.each([TITAN_V1, TITAN, TITAN_IMAGE, COHERE_4, NOVA, MARENGO_3])(
    "is refused as the caller's fault, by us or by %s",
    async (model) => {
      const told = await embed(house, { model, input: ["a", text] });
      expect(told).toMatchObject({ status: 400, error: { type: "invalid_request_error" } });
      expect(told.error!.message.length).toBeLessThan(2_000);
    },
  );

  it("is cut for Cohere 3", async () => {
    expect(await embed(house, { model: COHERE, input: text })).toMatchObject({
      status: 200,
      notes: [["input", "clamped"]],
    });
  });
});

describe("token ids by the million", () => {
  const ids = times(1_000_000, (index) => index % 100_000);

  it("are read once", async () => {
    const told = await embed(house, { model: COHERE_4, input: ids }, EXPLAIN);
    const { texts } = (told as unknown as { request: { body: { texts: string[] } } }).request.body;
    expect(texts).toHaveLength(1);
    expect(texts[0]!.length).toBeGreaterThan(4_000_000);
  });

  it("are refused at the first that is none", async () => {
    for (const [bad, param] of [
      ["x", "input[1000000]"],
      [-1, "input[1000000]"],
      [1e9, "input"],
    ] as const)
      expect(await embed(house, { model: COHERE_4, input: [...ids, bad] })).toMatchObject({
        status: 400,
        error: { param },
      });
  });

  it("stand for no more than a body could hold", async () => {
    const input = times(2000, () => times(100, () => 9906));
    const options = { maxBodyBytes: 900_000 };
    expect(await embed(house, { model: COHERE_4, input }, { options })).toMatchObject({
      status: 413,
    });
    // An id of two characters that stands for more than a hundred.
    const spaces = times(30_000, () => 58040);
    expect(await embed(house, { model: COHERE_4, input: spaces }, { options })).toMatchObject({
      status: 400,
      error: { param: "input" },
    });
  });
});

describe("what is odd", () => {
  it("in a text is what JSON can hold of it", async () => {
    const input = ["\ud800", "a\udfffb", "\u0000\u2028", "‮right to left", "[1,2,3]", '"],[1],"'];
    const told = await embed(house, { model: COHERE, input, encoding_format: "float" });
    expect(told).toMatchObject({ status: 200, data: { length: 6 } });
    expect(bodies(house)[0]!["texts"]).toEqual(["\ufffd", "a\ufffdb", ...input.slice(2)]);
  });

  it("in a name changes nothing of what is sent", async () => {
    const body = `{"model":"${TITAN}","input":"a","__proto__":{"normalize":false},"constructor":{"dimensions":256},
      "extra_body":{"__proto__":{"normalize":false},"prototype":1},"hasOwnProperty":1}`;
    expect((await embed(house, body)).status).toBe(200);
    expect(bodies(house)).toEqual([{ inputText: "a", embeddingTypes: ["float"] }]);
    expect(({} as { normalize?: unknown }).normalize).toBeUndefined();
  });

  it.each([
    '{"__proto__":{"text":"a"}}',
    '{"constructor":{"text":"a"}}',
    '{"content":{"length":1,"0":{"text":"a"}}}',
    '{"content":[{"__proto__":{"text":"a"}}]}',
    '{"image":{"__proto__":{"url":"a"}}}',
    '{"text":{"toString":"a"}}',
    "[[[[1]]]]",
    `${"[".repeat(90)}1${"]".repeat(90)}`,
  ])("in an input is refused: %s", async (item) => {
    const body = `{"model":"${COHERE_4}","input":[${item}]}`;
    expect(await embed(house, body)).toMatchObject({
      status: 400,
      error: { type: "invalid_request_error", param: expect.stringMatching(/^input/) },
    });
    expect(house.bedrock.requests).toEqual([]);
  });

  it("in thousands of notes is counted, and fits into a header", async () => {
    const told = await embed(house, { model: COHERE, input: times(2048, () => "b".repeat(2_049)) });
    expect(told.status).toBe(200);
    expect(told.notes.at(-1)).toEqual(["*", "dropped"]);
    expect(told.headers.get("x-bedrock-adjustments")!.length).toBeLessThan(8_000);
  });
});
