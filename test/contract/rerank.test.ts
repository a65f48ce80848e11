import { createCohere } from "@ai-sdk/cohere";
import { rerank } from "ai";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBedrockFetch } from "../../integrations/openai.ts";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import {
  accountArn,
  EMULATOR_CREDENTIALS,
  type Reply,
  startBedrockEmulator,
} from "../../src/testing/index.ts";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { DOORS } from "../support/doors.ts";
import { createShapeJudge, hasServiceModel } from "../support/service-model.ts";

const COHERE = "cohere.rerank-v3-5:0";
const AMAZON = "amazon.rerank-v1:0";
const QUERY = "capital of France";
const DOCUMENTS = ["Bananas are yellow.", "Paris is the capital of France.", "A capital idea"];
const ORDER = [1, 2, 0];

interface Reranked {
  id: string;
  model: string;
  object: string;
  results: { index: number; relevance_score: number; document?: unknown }[];
  meta: unknown;
  usage?: unknown;
  error?: { message: string; type: string; code: string; param: string };
}

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await house.bedrock.close();
});

interface Init {
  options?: BedrockOpenAIOptions;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  path?: string;
}

const request = (body: object, { headers, signal, path = "/v1/rerank" }: Init = {}): Request =>
  new Request(`http://localhost${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

const post = (body: object, init: Init = {}): Promise<Response> =>
  house.withOptions(init.options ?? {})(
    request({ model: COHERE, query: QUERY, documents: DOCUMENTS, ...body }, init),
  );

const read = async (response: Response): Promise<Reranked> => (await response.json()) as Reranked;
const indexes = ({ results }: Reranked): number[] => results.map(({ index }) => index);
const params = (response: Response): unknown[] =>
  (JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as { param: string }[]).map(
    ({ param }) => param,
  );
const sentBodies = (): Record<string, unknown>[] =>
  house.bedrock.requests.map(({ body }) => body as Record<string, unknown>);

describe.each(["createBedrockFetch", "node:http"])("the AI SDK's Cohere provider through %s", (name) => {
  it("reranks texts", async () => {
    const { baseURL, fetch, close } = await DOORS[name]!(house.handler);
    const model = createCohere({ baseURL, fetch, apiKey: "bedrock" }).reranking(COHERE);
    const texts = await rerank({ model, query: QUERY, documents: DOCUMENTS, topN: 2 });
    expect(texts.ranking.map(({ originalIndex }) => originalIndex)).toEqual([1, 2]);
    expect(texts.rerankedDocuments[0]).toBe(DOCUMENTS[1]);
    const cut = await rerank({
      model,
      query: QUERY,
      documents: DOCUMENTS,
      providerOptions: { cohere: { maxTokensPerDoc: 100, priority: 1 } },
    });
    expect(cut.ranking.map(({ originalIndex }) => originalIndex)).toEqual(ORDER);
    const failing = rerank({ model, query: " ", documents: DOCUMENTS, maxRetries: 0 });
    await expect(failing).rejects.toMatchObject({ statusCode: 400 });
    await close();
  });
});

describe("POST /rerank", () => {
  it.each(["/rerank", "/v1/rerank", "/v2/rerank", "/any/mount/v1/rerank/"])(
    "is found at %s",
    async (path) => {
      expect(indexes(await read(await post({}, { path })))).toEqual(ORDER);
      const wrong = await house.handler(new Request(`http://localhost${path}`));
      expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    },
  );

  it("is answered through createBedrockFetch under Cohere's second version", async () => {
    const fetch = createBedrockFetch(house.handler, { baseURL: "http://bedrock/v2" });
    const response = await fetch("http://bedrock/v2/rerank", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: COHERE, query: QUERY, documents: DOCUMENTS }),
    });
    expect(indexes(await read(response))).toEqual(ORDER);
  });

  it("answers in a form that Cohere's and Jina's clients read, and invents no tokens", async () => {
    const response = await post({});
    const { id, ...rest } = await read(response);
    expect(id).toMatch(/^rerank-\w+$/);
    expect(rest).toEqual({
      model: COHERE,
      object: "list",
      results: ORDER.map((index) => ({ index, relevance_score: expect.any(Number) })),
      meta: { api_version: { version: "2" }, billed_units: { search_units: 1 } },
    });
    expect(response.headers.get("x-bedrock-adjustments")).toBeNull();
    expect(response.headers.get("x-amzn-requestid")).toBeTruthy();
  });

  it("serves LiteLLM's example as it stands in its guide", async () => {
    const bedrock = await startBedrockEmulator({ region: "us-west-2" });
    const model = "bedrock/arn:aws:bedrock:us-west-2::foundation-model/amazon.rerank-v1:0";
    const handler = house.withOptions({ endpoint: bedrock.url, region: "us-east-1" });
    const response = await handler(
      request({ model, query: "hello", documents: ["hello", "world"], top_n: 2 }),
    );
    expect(await read(response)).toMatchObject({
      model: model.replace("bedrock/", ""),
      results: [{ index: 0 }, { index: 1 }],
    });
    expect(bedrock.requests[0]).toMatchObject({ operation: "Rerank", status: 200 });
    await bedrock.close();
  });

  it("serves Open WebUI's request, whose results are put back by their index", async () => {
    const { results } = await read(await post({ model: AMAZON, top_n: 3 }));
    const scores = results
      .toSorted((one, other) => one.index - other.index)
      .map((each) => each.relevance_score);
    expect(scores[1]).toBe(Math.max(...scores));
  });

  it("serves Jina's request: documents come back when they are asked for, as they were given", async () => {
    const documents = [
      { text: DOCUMENTS[0], id: 7 },
      DOCUMENTS[1],
      { title: "Idea", body: "A capital idea" },
    ];
    const asked = { query: { text: QUERY }, documents, top_n: 3, return_documents: true };
    expect((await read(await post(asked))).results.map(({ document }) => document)).toEqual([
      { text: DOCUMENTS[1] },
      documents[2],
      documents[0],
    ]);
    for (const return_documents of [false, null, undefined])
      expect((await read(await post({ return_documents }))).results[0]).not.toHaveProperty("document");
  });

  it("serves Cohere's first version: only what rank_fields names is ranked", async () => {
    const documents = [
      { title: "capital of France", body: "Bananas" },
      { title: "Bananas", body: "capital of France" },
    ];
    expect(indexes(await read(await post({ documents, rank_fields: ["title"] })))).toEqual([0, 1]);
    expect(indexes(await read(await post({ documents, rank_fields: ["body"] })))).toEqual([1, 0]);
  });

  it("takes one blank document among many for what it is", async () => {
    const response = await post({ documents: [...DOCUMENTS, ""] });
    expect(response.status).toBe(200);
    expect((await read(response)).results).toHaveLength(4);
    expect(params(response)).toEqual(["documents[3]"]);
  });

  it("bills a search unit for each hundred documents that are begun", async () => {
    const documents = Array.from({ length: 101 }, (_, index) => `capital ${index}`);
    expect((await read(await post({ documents, top_n: 1 }))).meta).toMatchObject({
      billed_units: { search_units: 2 },
    });
  });

  it("turns AWS's pages until as many are there as are wanted, and no further", async () => {
    const documents = Array.from({ length: 1000 }, (_, index) => `${index} of France`);
    const all = await read(await post({ documents }));
    expect(new Set(indexes(all)).size).toBe(1000);
    expect(house.bedrock.requests).toHaveLength(2);
    const { results } = await read(await post({ documents, top_n: 500 }));
    expect(house.bedrock.requests).toHaveLength(3);
    expect(results).toEqual(all.results.slice(0, 500));
  });

  it("fills in what the operator says of a name", async () => {
    const models = { "rerank-v3.5": { model: COHERE, defaults: { top_n: 1, return_documents: true } } };
    const response = await post({ model: "rerank-v3.5" }, { options: { models } });
    expect(await read(response)).toMatchObject({ model: COHERE, results: [{ index: 1, document: {} }] });
  });
});

describe("the way to AWS", () => {
  it.runIf(hasServiceModel("bedrock-agent-runtime"))("is valid by AWS's service model", async () => {
    const judge = createShapeJudge("RerankRequest", "bedrock-agent-runtime");
    const documents = [...DOCUMENTS, { title: "x", deep: { of: [1, null, true] } }, "", "x".repeat(32_000)];
    const response = await post({ documents, max_tokens_per_doc: 10, top_n: 99 });
    expect(response.status).toBe(200);
    expect(judge(sentBodies()[0])).toEqual([]);
  });

  it("is Rerank with an ARN made of a plain id, and objects stay objects", async () => {
    const document = { title: "Idea", body: "A capital idea" };
    await post({ documents: ["a", document], max_tokens_per_doc: 10, top_n: 1 });
    expect(house.bedrock.requests[0]).toMatchObject({ operation: "Rerank", path: "/rerank" });
    expect(sentBodies()[0]).toEqual({
      queries: [{ type: "TEXT", textQuery: { text: QUERY } }],
      sources: [
        { type: "INLINE", inlineDocumentSource: { type: "TEXT", textDocument: { text: "a" } } },
        { type: "INLINE", inlineDocumentSource: { type: "JSON", jsonDocument: document } },
      ],
      rerankingConfiguration: {
        type: "BEDROCK_RERANKING_MODEL",
        bedrockRerankingConfiguration: {
          modelConfiguration: {
            modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${COHERE}`,
            additionalModelRequestFields: { max_tokens_per_doc: 10 },
          },
          numberOfResults: 1,
        },
      },
    });
  });

  it("is the same, byte for byte, for the same request", async () => {
    await post({});
    await post({});
    expect(JSON.stringify(sentBodies()[0])).toBe(JSON.stringify(sentBodies()[1]));
  });

  it("leads to the Region and the partition that were asked for", async () => {
    const arnFor = async (model: string, options: BedrockOpenAIOptions = {}): Promise<unknown> => {
      const response = await post({ model }, { options, headers: { "x-bedrock-explain": "1" } });
      return JSON.stringify(await response.json()).match(/"modelArn":"([^"]+)"/)?.[1];
    };
    expect(await arnFor(`eu-central-1/${AMAZON}`)).toBe(
      `arn:aws:bedrock:eu-central-1::foundation-model/${AMAZON}`,
    );
    expect(await arnFor(AMAZON, { region: "us-gov-west-1" })).toBe(
      `arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/${AMAZON}`,
    );
    const models = { rank: { model: AMAZON, region: "us-west-2" } };
    expect(await arnFor("rank", { models })).toContain(":us-west-2::");
    expect(house.bedrock.requests).toEqual([]);
  });

  const family = { family: COHERE, modelId: accountArn("application-inference-profile", "rank00000001") };
  it.each<[string, object, Init]>([
    ["it is asked for by name", { model: `invoke/${COHERE}` }, {}],
    [
      "there is only an API key",
      {},
      { options: { credentials: undefined, apiKey: "bedrock-api-key" } as never },
    ],
    [
      "the operator says so",
      { model: "r" },
      { options: { models: { r: { model: COHERE, surface: "invoke" } } } },
    ],
    [
      "a guardrail is to look",
      { guardrailConfig: { guardrailIdentifier: "abc", guardrailVersion: "1" } },
      {},
    ],
    ["a document is over Rerank's bound", { documents: [...DOCUMENTS, "x".repeat(32_001)] }, {}],
    ["the query is", { query: `${QUERY} ${"x".repeat(32_000)}` }, {}],
  ])("is InvokeModel where %s", async (_, body, init) => {
    const response = await post(body, init);
    expect([response.status, (await read(response)).results[0]?.index]).toEqual([200, 1]);
    expect(house.bedrock.requests[0]).toMatchObject({ operation: "InvokeModel", modelId: COHERE });
  });

  it.each([
    [`us.${COHERE}`, {}],
    ["rank", { models: { rank: family } }],
  ])("is InvokeModel for what has no ARN of its own: %s", async (model, options) => {
    const response = await post({ model }, { options, headers: { "x-bedrock-explain": "1" } });
    expect(await response.json()).toMatchObject({
      target: { surface: "invoke" },
      request: { body: { query: QUERY, documents: DOCUMENTS, top_n: 3, api_version: 2 } },
    });
  });

  it("is InvokeModel with each family's own body, and objects as lines of text", async () => {
    const documents = ["a", { title: "Idea", tags: ["x"] }];
    const response = await post({ model: `invoke/${AMAZON}`, documents, max_tokens_per_doc: 5 });
    await post({ model: `invoke/${COHERE}`, documents, max_tokens_per_doc: 5, top_n: 1 });
    const texts = ["a", 'title: Idea\ntags: ["x"]'];
    expect(sentBodies()).toEqual([
      { query: QUERY, documents: texts, top_n: 2 },
      { query: QUERY, documents: texts, top_n: 1, api_version: 2, max_tokens_per_doc: 5 },
    ]);
    expect(params(response)).toEqual(["max_tokens_per_doc", "documents"]);
  });

  it("tells the guardrail to InvokeModel, and never drops it", async () => {
    const headers = { "x-amzn-bedrock-guardrailidentifier": "abc", "x-amzn-bedrock-guardrailversion": "1" };
    await post({}, { headers });
    expect(house.bedrock.requests[0]!.headers).toMatchObject(headers);
  });

  it("gives the same order and the same scores either way", async () => {
    const byArn = await read(await post({}));
    const byBody = await read(await post({ model: `invoke/${COHERE}` }));
    expect(byBody.results).toEqual(byArn.results);
  });

  it("tells tokens where InvokeModel does", async () => {
    house.bedrock.enqueue({
      response: { results: ORDER.map((index) => ({ index, relevance_score: 0.5 })) },
      headers: { "x-amzn-bedrock-input-token-count": "42" },
    });
    const { usage, results } = await read(await post({ model: `invoke/${COHERE}` }));
    expect(usage).toEqual({ prompt_tokens: 42, total_tokens: 42 });
    expect(results.map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});

describe("x-bedrock-explain: 1", () => {
  it("shows the exact AWS request and sends nothing", async () => {
    const response = await post({ truncation: true }, { headers: { "x-bedrock-explain": "1" } });
    const explained = (await response.json()) as { request: object };
    expect(house.bedrock.requests).toEqual([]);
    expect(explained).toMatchObject({
      target: { model: COHERE, surface: "agent-runtime" },
      adjustments: [{ param: "truncation", action: "dropped" }],
    });
    await post({ truncation: true });
    expect(house.bedrock.requests[0]).toMatchObject(explained.request);
  });
});

describe("bad input", () => {
  const many = Array.from({ length: 1001 }, () => "a");
  it.each<[object, string | null, string]>([
    [{ model: undefined }, null, "you must provide a model parameter"],
    [{ query: undefined }, "query", "Missing required parameter"],
    [{ query: "" }, "query", "not blank"],
    [{ query: " \n" }, "query", "not blank"],
    [{ query: 5 }, "query", "expected a string"],
    [{ query: null }, "query", "expected a string"],
    [{ query: {} }, "query.text", "Missing required parameter"],
    [{ query: ["a"] }, "query", "expected an object"],
    [{ documents: undefined }, "documents", "Missing required parameter"],
    [{ documents: [] }, "documents", "empty array"],
    [{ documents: "a" }, "documents", "expected an array"],
    [{ documents: many }, "documents", "maximum length 1000"],
    [{ documents: ["a", 5] }, "documents[1]", "expected a string"],
    [{ documents: ["a", null] }, "documents[1]", "expected a string"],
    [{ documents: [["a"]] }, "documents[0]", "expected an object"],
    [{ documents: ["a", { image: "iVBORw0KGgo=" }] }, "documents[1]", "text, not images"],
    [{ top_n: 0 }, "top_n", "minimum value"],
    [{ top_n: -1 }, "top_n", "minimum value"],
    [{ top_n: 1.5 }, "top_n", "expected an integer"],
    [{ top_n: "3" }, "top_n", "expected a number"],
    [{ return_documents: "yes" }, "return_documents", "expected a boolean"],
    [{ rank_fields: "title" }, "rank_fields", "expected an array"],
    [{ max_tokens_per_doc: 0 }, "max_tokens_per_doc", "minimum value"],
  ])("is refused before anything is sent: %j", async (body, param, message) => {
    const response = await post(body);
    const { error } = await read(response);
    expect([response.status, error!.type, error!.param]).toEqual([400, "invalid_request_error", param]);
    expect(error!.message).toContain(message);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is refused where the operator wants no parameter dropped", async () => {
    const response = await post(
      { model: AMAZON, max_tokens_per_doc: 5 },
      { options: { unsupported: "reject" } },
    );
    expect((await read(response)).error).toMatchObject({
      code: "unsupported_parameter",
      param: "max_tokens_per_doc",
    });
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each([
    ["us.amazon.nova-pro-v1:0", 400, "unsupported_model"],
    ["cohere.embed-v4:0", 400, "unsupported_model"],
    ["no such model", 404, "model_not_found"],
    ["cohere.rerank-v9:0", 404, "model_not_found"],
    [`mantle/${COHERE}`, 404, "model_not_found"],
    [`eusc-de-east-1/${COHERE}`, 404, "model_not_found"],
  ])("names no model that ranks: %s", async (model, status, code) => {
    const response = await post({ model });
    expect([response.status, (await read(response)).error]).toEqual([
      status,
      expect.objectContaining({ code, param: "model" }),
    ]);
  });
});

describe("what fails at AWS", () => {
  const failing = (name: string, message = "oops"): Reply => ({ error: { name, message } });
  it.each<[string, number, string | null]>([
    ["ThrottlingException", 429, "rate_limit_exceeded"],
    ["ValidationException", 400, null],
    ["ConflictException", 409, "conflict"],
    ["DependencyFailedException", 500, "dependency_failed"],
    ["BadGatewayException", 503, "service_unavailable"],
    ["InternalServerException", 500, null],
    ["ExpiredTokenException", 401, "aws_credentials_error"],
    ["ResourceNotFoundException", 404, "model_not_found"],
  ])("is OpenAI's error: %s", async (name, status, code) => {
    house.bedrock.enqueue(failing(name));
    const response = await post({});
    expect([response.status, (await read(response)).error!.code]).toEqual([status, code]);
  });

  it("tells what to allow, by the way that was taken", async () => {
    house.bedrock.refuse("Rerank", {
      name: "AccessDeniedException",
      message: "User: arn:aws:iam::999988887777:x",
    });
    house.bedrock.refuse("InvokeModel", { name: "AccessDeniedException", message: "no" });
    const denied = await post({});
    const { message, code } = (await read(denied)).error!;
    expect([denied.status, code]).toEqual([403, "model_not_available"]);
    expect(message).toContain("Allow bedrock:Rerank, and bedrock:InvokeModel on it");
    expect(message).not.toContain("999988887777");
    const other = (await read(await post({ model: `invoke/${COHERE}` }))).error!;
    expect(other.message).not.toContain("bedrock:Rerank");
    expect(other.message).toContain("Allow bedrock:InvokeModel on it");
  });

  it("tells the parameter that is too long in this endpoint's words", async () => {
    house.bedrock.enqueue(failing("ValidationException", "Input is too long for requested model."));
    expect((await read(await post({}))).error).toMatchObject({
      code: "context_length_exceeded",
      param: "documents",
    });
  });

  const result = (index: number): object => ({ index, relevanceScore: 0.5 });
  it.each<[string, Reply]>([
    ["nothing", { response: {} }],
    ["no results", { response: { results: [] } }],
    ["a page that brings nothing, for ever", { response: { results: [], nextToken: "more" } }],
    ["too few", { response: { results: [result(0)] } }],
    ["one twice", { response: { results: [result(0), result(0), result(1)] } }],
    ["a document that is none", { response: { results: [result(0), result(1), result(3)] } }],
    ["half an answer", { fault: { kind: "truncate", afterEvents: 0 } }],
    ["HTML", { bytes: [new TextEncoder().encode("<html>")], headers: { "content-type": "text/html" } }],
  ])("is a server error and never half a ranking: %s", async (_, reply) => {
    house.bedrock.enqueue(reply);
    const response = await post({});
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect((await read(response)).error!.type).toBe("server_error");
  });

  it("is found on a later page, too", async () => {
    const documents = Array.from({ length: 501 }, (_, index) => `capital ${index}`);
    house.bedrock.enqueue({}, failing("ThrottlingException"));
    expect((await post({ documents })).status).toBe(429);
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it("is a missing Region, told in words", async () => {
    const handler = house.withOptions({ region: undefined } as never);
    vi.stubEnv("AWS_REGION", undefined);
    vi.stubEnv("AWS_DEFAULT_REGION", undefined);
    const response = await handler(request({ model: COHERE, query: QUERY, documents: DOCUMENTS }));
    expect((await read(response)).error!.code).toBe("aws_region_missing");
  });

  it("stops when the caller leaves", async () => {
    house.bedrock.enqueue({ fault: { kind: "stall", afterEvents: -1 } });
    const controller = new AbortController();
    const answering = post({}, { signal: controller.signal });
    await eventually(() => house.bedrock.requests.length === 1);
    controller.abort();
    await answering;
    await eventually(() => house.bedrock.requests[0]!.aborted);
    expect(house.logged).toEqual([]);
  });
});

it("signs for Rerank also where an API key lies beside credentials", async () => {
  vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "bedrock-api-key");
  const response = await post({}, { options: { credentials: EMULATOR_CREDENTIALS } });
  expect(response.status).toBe(200);
  expect(house.bedrock.requests[0]!.operation).toBe("Rerank");
});
