import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChatBedrockOpenAI } from "../../integrations/langchain.ts";
import { completeChat, embed, streamChat } from "../../src/index.ts";
import { type BedrockEmulator, startBedrockEmulator } from "../../src/testing/index.ts";
import { CLAUDE, type House, LLAMA, NOVA, openHouse } from "../support/bedrock.ts";
import { converseServer } from "../support/converse-server.ts";
import { serve } from "../unit/media/media-server.ts";

/** Whoever asks, and whatever for: the next target answers when the first is throttled. */

let house: House;
let west: BedrockEmulator;
beforeEach(async () => {
  house = await openHouse();
  west = await startBedrockEmulator({ region: "us-west-2" });
});
afterEach(() => Promise.all([house.bedrock.close(), west.close()]));

const throttled = { error: { name: "ThrottlingException", message: "slow" } };
const pairOf = (model: string) => ({
  model: { model, fallbacks: ["west"] },
  west: { model, region: "us-west-2", endpoint: west.url },
});
const post = (path: string, body: object): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "model", ...body }),
  });

const chat = { messages: [{ role: "user", content: "Hi" }] };
const rerank = { query: "a", documents: ["a", "b"] };
const GUARDRAIL = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdef123456";

describe("over HTTP", () => {
  it.each<[string, string, string, object, string]>([
    ["Converse", CLAUDE, "/chat/completions", chat, ""],
    ["InvokeModel", `invoke/${LLAMA}`, "/chat/completions", chat, ""],
    ["several answers at once", CLAUDE, "/chat/completions", { ...chat, n: 3 }, ""],
    ["AWS's own chat endpoint", "openai.gpt-oss-120b-1:0", "/chat/completions", chat, ""],
    ["the same, streamed", "openai.gpt-oss-120b-1:0", "/chat/completions", { ...chat, stream: true }, ""],
    ["completions", NOVA, "/completions", { prompt: ["a", "b"] }, ""],
    ["completions, streamed", NOVA, "/completions", { prompt: "a", stream: true }, ""],
    ["embeddings", "amazon.titan-embed-text-v2:0", "/embeddings", { input: ["a", "b"] }, ""],
    ["images", "amazon.nova-canvas-v1:0", "/images/generations", { prompt: "a red car" }, ""],
    [
      "images, streamed",
      "amazon.nova-canvas-v1:0",
      "/images/generations",
      { prompt: "red", stream: true },
      "",
    ],
    ["rerank", "cohere.rerank-v3-5:0", "/rerank", rerank, ""],
    ["moderations", "guardrail-checks", "/moderations", { input: "Hello" }, ""],
    ["a guardrail", GUARDRAIL, "/moderations", { input: "Hello" }, ""],
  ])("%s", async (_, model, path, body) => {
    house.bedrock.enqueue(throttled);
    const response = await house.withOptions({ models: pairOf(model) })(post(path, body));
    const text = await response.text();
    expect([response.status, text]).toEqual([200, text]);
    expect(text).not.toContain('"error":');
    expect(response.headers.get("x-bedrock-target")).toMatch(/^us-west-2\//);
    expect(response.headers.get("x-bedrock-adjustments")).toContain("'west' did");
    expect(west.requests.length).toBeGreaterThan(0);
  });

  it("vectors of two models are never mixed: all inputs are embedded by the one that answers", async () => {
    house.bedrock.enqueue({ bytes: [], headers: {} }, throttled);
    const models = pairOf("amazon.titan-embed-text-v2:0");
    const response = await house.withOptions({ models })(post("/embeddings", { input: ["a", "b", "c"] }));
    const { data } = (await response.json()) as { data: object[] };
    expect([response.status, data.length, west.requests.length]).toEqual([200, 3, 3]);
  });

  it("a server of one's own", async () => {
    const { answer, heard } = converseServer();
    const own = await serve(answer);
    house.bedrock.enqueue(throttled);
    const models = {
      model: { model: CLAUDE, fallbacks: ["own"] },
      own: { url: own.url("/whole"), model: "mine" },
    };
    const response = await house.withOptions({ models })(post("/chat/completions", chat));
    expect([response.status, response.headers.get("x-bedrock-target")]).toEqual([200, "converse_like/mine"]);
    expect(heard).toHaveLength(1);
  });

  it("explains what the first would be sent, and sends nothing", async () => {
    const request = post("/chat/completions", chat);
    request.headers.set("x-bedrock-explain", "1");
    const response = await house.withOptions({ models: pairOf(CLAUDE) })(request);
    expect(await response.json()).toMatchObject({ target: { model: CLAUDE, surface: "converse" } });
    expect(response.headers.get("x-bedrock-target")).toBeNull();
    expect([house.bedrock.requests.length, west.requests.length]).toEqual([0, 0]);
  });
});

describe("in process", () => {
  it("completeChat", async () => {
    house.bedrock.enqueue(throttled);
    const handler = house.withOptions({ models: pairOf(CLAUDE) });
    const { adjustments } = await completeChat({ model: "model", ...chat }, handler);
    expect(adjustments).toMatchObject([{ param: "model", action: "renamed" }]);
  });

  it("streamChat", async () => {
    house.bedrock.enqueue(throttled);
    const handler = house.withOptions({ models: pairOf(CLAUDE) });
    const { value } = await streamChat({ model: "model", ...chat }, handler);
    let count = 0;
    for await (const _ of value) count += 1;
    expect(count).toBeGreaterThan(2);
    expect(west.requests).toHaveLength(1);
  });

  it("embed", async () => {
    house.bedrock.enqueue(throttled);
    const handler = house.withOptions({ models: pairOf("amazon.titan-embed-text-v2:0") });
    const { value } = await embed({ model: "model", input: "a" }, handler);
    expect([value.vectors.length, west.requests.length]).toEqual([1, 1]);
  });

  it("LangChain", async () => {
    house.bedrock.enqueue(throttled);
    const handler = house.withOptions({ models: pairOf(CLAUDE) });
    const model = new ChatBedrockOpenAI({ model: "model", handler });
    expect((await model.invoke("Hi")).text).not.toBe("");
    expect(west.requests).toHaveLength(1);
  });
});

describe("where an answer comes from", () => {
  it.each<[string, string]>([
    [CLAUDE, `us-east-1/${CLAUDE}`],
    [`us-west-2/${CLAUDE}`, `us-west-2/${CLAUDE}`],
    [`bedrock/eu-west-1/converse/${NOVA}`, `eu-west-1/${NOVA}`],
  ])("is in the words of a model string: %s", async (model, target) => {
    for (const stream of [false, true]) {
      const response = await house.handler(post("/chat/completions", { ...chat, model, stream }));
      await response.text();
      expect(response.headers.get("x-bedrock-target")).toBe(target);
    }
  });

  it("is told of a failure too, and of none that never reached AWS", async () => {
    house.bedrock.enqueue(throttled);
    const failed = await house.handler(post("/chat/completions", { ...chat, model: CLAUDE }));
    expect([failed.status, failed.headers.get("x-bedrock-target")]).toEqual([429, `us-east-1/${CLAUDE}`]);
    const wrong = await house.handler(post("/chat/completions", { model: CLAUDE, messages: "no" }));
    expect([wrong.status, wrong.headers.get("x-bedrock-target")]).toEqual([400, null]);
  });
});
