import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import OpenAI, { PermissionDeniedError } from "openai";
import { createBedrockFetch } from "../../../integrations/openai.ts";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { chat, errorOf, everyone, get, post } from "./asking.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const only = (models: readonly string[], options: BedrockOpenAIOptions = {}) =>
  house.withOptions({ authorize: everyone({ models }), passThrough: true, ...options });

const ARN = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${CLAUDE}`;
const EMBED = "amazon.titan-embed-text-v2:0";
const CANVAS = "amazon.nova-canvas-v1:0";

describe("a caller with models of its own", () => {
  it("may call them, by whatever way", async () => {
    const handler = only(["us.amazon.*", "fast"], { models: { fast: CLAUDE } });
    for (const model of [NOVA, `bedrock/${NOVA}`, `us-east-1/${NOVA}`, "fast", "bedrock/fast"])
      expect([model, (await chat(handler, { model })).status]).toEqual([model, 200]);
  });

  it.each([
    { model: CLAUDE },
    { model: `bedrock/${CLAUDE}` },
    { model: `bedrock/converse/us-west-2/${CLAUDE}` },
    { model: `us-west-2/${CLAUDE}` },
    { model: `nova/${CLAUDE}` },
    { model: ARN },
    { model: `nova/${ARN}` },
    { model: NOVA, model_id: CLAUDE },
    { model: NOVA, model_id: ARN },
    { model: "fast", extra_body: { model_id: CLAUDE } },
    { model: "FAST" },
    { model: "openai.gpt-oss-120b-1:0" },
    { model: "mantle/openai.gpt-5.5" },
    { model: " us.amazon.nova-pro-v1:0" },
  ])("may call no other, and AWS hears nothing of it: %j", async (body) => {
    const handler = only(["us.amazon.*", "nova*", "us-*", "fast"], { models: { fast: NOVA } });
    for (const stream of [false, true]) {
      const response = await chat(handler, { ...body, stream });
      expect(await errorOf(response)).toEqual([403, "model_not_allowed"]);
    }
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is told so at every endpoint that names a model", async () => {
    const handler = only([NOVA]);
    const asked: [string, object][] = [
      ["/v1/completions", { model: CLAUDE, prompt: "Hi" }],
      ["/v1/embeddings", { model: EMBED, input: "Hi" }],
      ["/v1/images/generations", { model: CANVAS, prompt: "Hi" }],
      ["/v1/rerank", { model: "amazon.rerank-v1:0", query: "a", documents: ["b"] }],
      ["/v1/moderations", { input: "Hi" }],
    ];
    for (const [path, body] of asked)
      expect([path, ...(await errorOf(await post(handler, path, body)))]).toEqual([
        path,
        403,
        "model_not_allowed",
      ]);
    expect(house.bedrock.requests).toEqual([]);
    const explained = await chat(handler, { model: CLAUDE }, { "x-bedrock-explain": "1" });
    expect(explained.status).toBe(403);
  });

  it("is what OpenAI's own client calls a PermissionDeniedError", async () => {
    const fetch = createBedrockFetch(only([NOVA]));
    const client = new OpenAI({ apiKey: "x", baseURL: "http://bedrock/v1", fetch });
    const asked = client.chat.completions.create({
      model: CLAUDE,
      messages: [{ role: "user", content: "Hi" }],
    });
    await expect(asked).rejects.toThrow(PermissionDeniedError);
    await expect(asked).rejects.toMatchObject({ code: "model_not_allowed", param: "model" });
  });

  it("is shown no others", async () => {
    const handler = only(["us.amazon.nova-*", "fast"], { models: { fast: CLAUDE, slow: NOVA } });
    const { data } = (await (await get(handler, "/v1/models")).json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toContain("fast");
    expect(data.map(({ id }) => id)).toContain(NOVA);
    expect(data.filter(({ id }) => id !== "fast" && !id.startsWith("us.amazon.nova-"))).toEqual([]);
    expect((await get(handler, `/v1/models/${NOVA}`)).status).toBe(200);
    for (const id of [CLAUDE, "slow", encodeURIComponent(ARN), `bedrock/${CLAUDE}`]) {
      const response = await get(handler, `/v1/models/${id}`);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toMatch(/Did you mean.*(claude|slow)/);
    }
  });

  it.each([
    ["/v1/chat/completions", { messages: [{ role: "user", content: "Hi" }] }, {}],
    ["/v1/chat/completions", { messages: [{ role: "user", content: "Hi" }] }, { "x-bedrock-explain": "1" }],
    ["/v1/embeddings", { input: "Hi" }, {}],
  ])("is not told others' names by a refusal: %s", async (path, body, headers) => {
    const handler = only(["team1*"], { models: { "team1-plans": CLAUDE, "team2-plan": NOVA } });
    house.bedrock.enqueue({ error: { name: "ResourceNotFoundException", message: "Unknown." } });
    const text = await (await post(handler, path, { model: "team1-plan", ...body }, headers)).text();
    expect(text).toContain("Did you mean 'team1-plans'?");
    expect(text).not.toContain("team2");
  });

  it("without any is shown nothing, and may call nothing", async () => {
    const handler = only([]);
    expect(await (await get(handler, "/v1/models")).json()).toMatchObject({ data: [] });
    expect((await chat(handler)).status).toBe(403);
  });
});

describe("AWS's own paths, for a caller with models of its own", () => {
  const converse = (model: string) => `/bedrock/model/${encodeURIComponent(model)}/converse`;
  const BODY = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };

  it("lead to these models", async () => {
    expect((await post(only([NOVA]), converse(NOVA), BODY)).status).toBe(200);
    expect((await post(only(["*"]), converse(ARN), BODY)).status).toBe(200);
  });

  it.each([
    converse(CLAUDE),
    converse(ARN),
    converse(`us-west-2/${CLAUDE}`),
    `/bedrock/model/${CLAUDE}/invoke`,
    `/bedrock/model/${CLAUDE}/invoke-with-response-stream`,
    `/bedrock/model/${CLAUDE}/count-tokens`,
    `/bedrock/model/${NOVA}/../${CLAUDE}/converse`,
    `/bedrock/model/${encodeURIComponent(`${NOVA}/../${CLAUDE}`)}/converse`,
    // Their model stands in the body, or they are everybody's.
    "/bedrock/async-invoke",
    "/bedrock/guardrail/abc/version/1/apply",
    "/bedrock/guardrail-checks/invoke",
  ])("lead nowhere else: %s", async (path) => {
    const response = await post(only([NOVA]), path, { ...BODY, modelId: CLAUDE });
    expect([path, response.status]).toEqual([path, 403]);
    expect(response.headers.get("x-amzn-errortype")).toBe("AccessDeniedException");
    expect(house.bedrock.requests).toEqual([]);
  });

  it("do not list what others have asked for", async () => {
    expect((await get(only([NOVA]), "/bedrock/async-invoke")).status).toBe(403);
  });
});
