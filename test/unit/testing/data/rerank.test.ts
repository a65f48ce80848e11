import { InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { rank } from "../../../../src/testing/rerank/score.ts";
import { runtimeClient } from "../clients.ts";
import { answerOf, invoke, refusal, verdictOf } from "../invoke/call.ts";
import { verdict as chatVerdict, emulator, hello } from "../support.ts";
import type { Body } from "../support.ts";

const AMAZON = "amazon.rerank-v1:0";
const COHERE = "cohere.rerank-v3-5:0";

const query = "What is the capital of France?";
const documents = ["Bananas are yellow.", "Paris is France's capital city.", "The capitals of Europe"];
const amazon: Body = { query, documents };
const cohere: Body = { ...amazon, api_version: 2 };

interface Results {
  results: { index: number; relevance_score: number }[];
}

const results = async (model: string, body: Body): Promise<Results["results"]> =>
  ((await answerOf(model, body)) as unknown as Results).results;

describe.each([
  [AMAZON, amazon],
  [COHERE, cohere],
])("%s", (model, body) => {
  it("puts what shares words with the query first, endings aside", async () => {
    const ranked = await results(model, body);
    expect(ranked.map(({ index }) => index)).toEqual([1, 2, 0]);
    for (const result of ranked) expect(Object.keys(result)).toEqual(["index", "relevance_score"]);
  });

  it("gives as many as are wanted, and otherwise all", async () => {
    expect(await results(model, { ...body, top_n: 2 })).toEqual((await results(model, body)).slice(0, 2));
  });

  it("is called by its ARN too, and does not chat by it either", async () => {
    const arn = `arn:aws:bedrock:us-east-1::foundation-model/${model}`;
    expect(await results(arn, body)).toEqual(await results(model, body));
    expect(await chatVerdict(await emulator(), hello, arn)).toMatch(
      /^400 This action doesn't support the model/,
    );
  });

  it("is AWS's own client's to call", async () => {
    const answer = await runtimeClient(await emulator()).send(
      new InvokeModelCommand({
        modelId: model,
        contentType: "application/json",
        body: JSON.stringify(body),
      }),
    );
    expect(JSON.parse(answer.body.transformToString())).toEqual(await answerOf(model, body));
  });

  it.each<[string, Body, string]>([
    ["no query", { ...body, query: undefined }, "#: required key [query] not found"],
    ["an empty query", { ...body, query: "" }, "#/query: expected minLength: 1, actual: 0"],
    ["no documents", { ...body, documents: [] }, "#/documents: expected minimum item count: 1, found: 0"],
    [
      "a document that is no string",
      { ...body, documents: ["a", { text: "b" }] },
      "#/documents/1: expected type: String, found: JSONObject",
    ],
    [
      "more than a thousand documents",
      { ...body, documents: Array(1001).fill("a") },
      "#/documents: expected maximum item count: 1000, found: 1001",
    ],
    ["none wanted", { ...body, top_n: 0 }, "#/top_n: 0 is not greater or equal to 1"],
    ["more wanted than there are", { ...body, top_n: 4 }, "#/top_n: 4 is not less or equal to 3"],
    [
      "a stranger",
      { ...body, return_documents: true },
      "#: extraneous key [return_documents] is not permitted",
    ],
    [
      "several faults, one after another",
      { ...body, query: undefined, documents: undefined },
      "#: required key [query] not found#: required key [documents] not found",
    ],
  ])("refuses %s", async (_, wrong, what) => {
    expect(await verdictOf(model, wrong)).toBe(refusal(what));
  });

  it("serves what a script says, and keeps it for a body that AWS takes", async () => {
    const bedrock = await emulator();
    const scripted = { results: [{ index: 0, relevanceScore: 1 }] };
    bedrock.enqueue({ response: scripted });
    expect((await invoke(model, { ...body, top_n: 9 }, { bedrock })).status).toBe(400);
    expect(await answerOf(model, body, bedrock)).toEqual(scripted);
  });
});

describe("what the two models differ in", () => {
  it.each<[string, string, Body, string]>([
    [
      "documents that are to be cut, of Amazon's",
      AMAZON,
      { ...amazon, max_tokens_per_doc: 10 },
      "#: extraneous key [max_tokens_per_doc] is not permitted",
    ],
    [
      "a version, of Amazon's",
      AMAZON,
      { ...amazon, api_version: 2 },
      "#: extraneous key [api_version] is not permitted",
    ],
    ["no version, of Cohere's", COHERE, amazon, "#: required key [api_version] not found"],
    [
      "the first version, of Cohere's",
      COHERE,
      { ...cohere, api_version: 1 },
      "#/api_version: 1 is not greater or equal to 2",
    ],
    [
      "a version in words, of Cohere's",
      COHERE,
      { ...cohere, api_version: "2" },
      "#/api_version: expected type: Integer, found: String",
    ],
  ])("is that it refuses %s", async (_, model, body, what) => {
    expect(await verdictOf(model, body)).toBe(refusal(what));
  });

  it("is that Cohere's cuts documents", async () => {
    expect(await verdictOf(COHERE, { ...cohere, max_tokens_per_doc: 10 })).toBe("accepted");
  });
});

describe("scores", () => {
  it("lie between 0 and 1, fall, and are the same for the same texts", () => {
    const ranked = rank(query, [...documents, "", query, "…"]);
    const scores = ranked.map(({ score }) => score);
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    expect(rank(query, [...documents, "", query, "…"])).toEqual(ranked);
  });

  it("are one alone for each document, and one for its copies, the first of which stays first", () => {
    const many = Array.from({ length: 500 }, (_, index) => `unrelated ${index}`);
    const scores = rank(query, many).map(({ score }) => score);
    expect(new Set(scores).size).toBe(500);
    const [one, other] = rank(query, ["a copy", "a copy"]);
    expect([one!.index, other!.index, one!.score]).toEqual([0, 1, other!.score]);
  });

  it("see words where no spaces are", () => {
    expect(rank("法国的首都", ["香蕉是黄色的", "巴黎是法国首都"])[0]!.index).toBe(1);
  });
});
