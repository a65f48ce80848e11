import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Adjustment } from "../../src/adjustments.ts";
import type { BedrockOpenAIHandler, BedrockOpenAIOptions } from "../../src/index.ts";
import { anyModelName } from "../support/any-model-name.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import { FOREIGN_NAMES, HOSTILE_NAMES } from "../support/hostile-names.ts";
import { chatRequest } from "../support/requests.ts";

/** What a caller's `model` does to the request that AWS gets: its host, path, Region and body. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const NOVA = "amazon.nova-pro-v1:0";
const HERE = "arn:aws:bedrock:eu-west-1:123456789012:";
const PROFILE = `${HERE}application-inference-profile/nova00000001`;
const PROVISIONED = `${HERE}provisioned-model/abc123def456`;

const scopeOf = (headers: Record<string, string>): string =>
  /Credential=[^/]+\/\d{8}\/([^,]+)\/aws4_request/.exec(headers["authorization"] ?? "")?.[1] ?? "";

interface Went {
  model: unknown;
  path: string;
  scope: string;
  body: Record<string, unknown>;
  notes: string[];
}

/** Asks, and tells where the last request to AWS went. */
async function ask(body: object, handler: BedrockOpenAIHandler = house.handler): Promise<Went> {
  const response = await handler(chatRequest(body as Record<string, unknown>));
  const answer = (await response.json()) as { model?: unknown; error?: unknown };
  expect(answer.error).toBeUndefined();
  const { path, headers, body: sent } = house.bedrock.requests.at(-1)!;
  const notes = JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as Adjustment[];
  return {
    model: answer.model,
    path,
    scope: scopeOf(headers),
    body: sent as Record<string, unknown>,
    notes: notes.map(({ param, action }) => `${param} ${action}`),
  };
}

const converse = (id: string): string => `/model/${encodeURIComponent(id)}/converse`;

describe("a model string", () => {
  it.each<[model: string, id: string, scope: string]>([
    [NOVA, NOVA, "us-east-1/bedrock"],
    [`bedrock/${NOVA}`, NOVA, "us-east-1/bedrock"],
    [`us-west-2/${NOVA}`, NOVA, "us-west-2/bedrock"],
    [`bedrock/eu-central-1/${NOVA}`, NOVA, "eu-central-1/bedrock"],
    [`bedrock/ap-southeast-2/converse/${NOVA}`, NOVA, "ap-southeast-2/bedrock"],
    [`converse/ap-southeast-2/${NOVA}`, NOVA, "ap-southeast-2/bedrock"],
    [
      `${HERE}inference-profile/eu.amazon.nova-pro-v1:0`,
      `${HERE}inference-profile/eu.amazon.nova-pro-v1:0`,
      "eu-west-1/bedrock",
    ],
    [PROFILE, PROFILE, "eu-west-1/bedrock"],
    [`us-west-2/${PROFILE}`, PROFILE, "us-west-2/bedrock"],
  ])("%s is one segment of the path, in its Region, and comes back as the id", async (model, id, scope) => {
    expect(await ask({ model })).toMatchObject({ model: id, path: converse(id), scope });
  });

  it.each<[model: string, path: string, scope: string]>([
    ["openai.gpt-oss-120b-1:0", "/openai/v1/chat/completions", "us-east-1/bedrock"],
    ["us.openai.gpt-6-sol", "/openai/v1/chat/completions", "us-east-1/bedrock"],
    ["us-west-2/openai.gpt-oss-120b", "/v1/chat/completions", "us-west-2/bedrock-mantle"],
    ["us-west-2/openai.gpt-5.4", "/openai/v1/chat/completions", "us-west-2/bedrock-mantle"],
    ["us-west-2/google.gemma-4-31b", "/openai/v1/chat/completions", "us-west-2/bedrock-mantle"],
  ])("%s goes to AWS's own chat, signed for the host that serves it", async (model, path, scope) => {
    const id = model.replace(/^us-west-2\//, "");
    expect(await ask({ model })).toMatchObject({ model: id, path, scope, body: { model: id } });
  });

  it.each<[model: string, id: string]>([
    ["amazon.titan-text-express-v1", "amazon.titan-text-express-v1"],
    [`bedrock/invoke/${NOVA}`, NOVA],
    [`llama/${HERE}imported-model/llama0000001`, `${HERE}imported-model/llama0000001`],
    [`${HERE}imported-model/qwen30000001`, `${HERE}imported-model/qwen30000001`],
  ])("%s goes by InvokeModel", async (model, id) => {
    expect(await ask({ model })).toMatchObject({
      model: id,
      path: `/model/${encodeURIComponent(id)}/invoke`,
    });
  });

  it("with a model_id is what the model is, at the id's place and Region, which no body shows", async () => {
    const went = await ask({ model: `bedrock/${NOVA}`, model_id: PROFILE, top_k: 5 });
    expect(went).toMatchObject({ model: PROFILE, path: converse(PROFILE), scope: "eu-west-1/bedrock" });
    expect(went.body["additionalModelRequestFields"]).toEqual({ inferenceConfig: { topK: 5 } });
    expect(JSON.stringify(went.body)).not.toContain("model_id");
  });
});

describe("the operator's names", () => {
  const MODELS: NonNullable<BedrockOpenAIOptions["models"]> = {
    "gpt-*": NOVA,
    "eu/*": "eu-west-1/eu.*",
    sparrow: { model: NOVA, modelId: PROFILE },
    far: { model: `us-west-2/${NOVA}`, region: "sa-east-1" },
    hidden: { model: PROVISIONED, family: "amazon.titan-text-express-v1" },
    plain: { model: "us.openai.gpt-6-sol", surface: "converse" },
    bodied: { model: NOVA, surface: "invoke" },
    native: { model: "converse/openai.gpt-oss-20b-1:0", surface: "openai" },
  };
  const asked = (model: string) => ask({ model }, house.withOptions({ models: MODELS }));

  it.each<[name: string, id: string, scope: string, path: string]>([
    ["gpt-3.5-turbo", NOVA, "us-east-1/bedrock", converse(NOVA)],
    ["bedrock/GPT-4o", NOVA, "us-east-1/bedrock", converse(NOVA)],
    ["eu/amazon.nova-pro-v1:0", `eu.${NOVA}`, "eu-west-1/bedrock", converse(`eu.${NOVA}`)],
    ["sparrow", PROFILE, "eu-west-1/bedrock", converse(PROFILE)],
    ["far", NOVA, "sa-east-1/bedrock", converse(NOVA)],
    ["hidden", PROVISIONED, "eu-west-1/bedrock", `/model/${encodeURIComponent(PROVISIONED)}/invoke`],
    ["plain", "us.openai.gpt-6-sol", "us-east-1/bedrock", converse("us.openai.gpt-6-sol")],
    ["bodied", NOVA, "us-east-1/bedrock", `/model/${encodeURIComponent(NOVA)}/invoke`],
    ["native", "openai.gpt-oss-20b-1:0", "us-east-1/bedrock", "/openai/v1/chat/completions"],
  ])("%s", async (name, id, scope, path) => {
    expect(await asked(name)).toMatchObject({ model: id, path, scope });
  });

  it("swallow no model of Bedrock's that begins like them", async () => {
    expect(await asked("openai.gpt-oss-120b-1:0")).toMatchObject({ model: "openai.gpt-oss-120b-1:0" });
  });

  it("that tell a family spare asking AWS for it", async () => {
    await asked("hidden");
    expect(house.bedrock.requests.map(({ operation }) => operation)).toEqual(["InvokeModel"]);
  });

  it("may send everything to one model", async () => {
    const handler = house.withOptions({ models: { "*": NOVA } });
    for (const model of ["gpt-4o", "us.anthropic.claude-opus-5-5", "../../evil", "a b"])
      expect(await ask({ model }, handler)).toMatchObject({ model: NOVA, path: converse(NOVA) });
  });
});

describe("an ARN that hides its family", () => {
  it("is looked up once, in its Region, and not at all where the family is said", async () => {
    const handler = house.withOptions({});
    await ask({ model: PROFILE }, handler);
    await ask({ model: PROFILE }, handler);
    const lookups = () =>
      house.bedrock.requests.filter(({ operation }) => operation === "GetInferenceProfile");
    expect(lookups().map(({ headers }) => scopeOf(headers))).toEqual(["eu-west-1/bedrock"]);
    await ask({ model: NOVA, model_id: PROFILE }, house.withOptions({}));
    expect(lookups()).toHaveLength(1);
  });

  it("is called all the same where nobody may look it up", async () => {
    house.bedrock.refuse("GetInferenceProfile", { name: "AccessDeniedException", message: "no" });
    expect(await ask({ model: PROFILE }, house.withOptions({}))).toMatchObject({ model: PROFILE });
  });
});

describe("a managed prompt", () => {
  const PROMPT = `${HERE}prompt/ABCDE12345:2`;

  it("has its own settings: the caller's are not sent, and he is told", async () => {
    const went = await ask({
      model: PROMPT,
      temperature: 0.3,
      max_tokens: 5,
      stop: ["END"],
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hi" },
      ],
    });
    expect(went).toMatchObject({ path: converse(PROMPT), model: PROMPT, scope: "eu-west-1/bedrock" });
    expect(Object.keys(went.body)).toEqual(["messages"]);
    expect(JSON.stringify(went.body)).toContain("Be brief.");
    expect(went.notes).toEqual(["messages emulated", "inferenceConfig dropped"]);
  });

  it("takes no tools, which cannot be left out in silence", async () => {
    const tools = [{ type: "function", function: { name: "f" } }];
    const response = await house.handler(chatRequest({ model: PROMPT, tools }));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: "unsupported_parameter", param: "tools" } },
    ]);
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("an attack on the path or the host", () => {
  it.each([...HOSTILE_NAMES, ...FOREIGN_NAMES])(
    "%j is no model: 404, and nothing is sent for it",
    async (model) => {
      const response = await house.handler(chatRequest({ model }));
      expect([response.status, await response.json()]).toMatchObject([
        404,
        { error: { type: "invalid_request_error", code: "model_not_found", param: "model" } },
      ]);
      expect(house.bedrock.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    },
  );

  it.each(HOSTILE_NAMES.filter((name) => !name.startsWith("converse_like/")))(
    "%j shows no request that would be sent, as a model_id neither",
    async (text) => {
      const headers = { "x-bedrock-explain": "1" };
      for (const body of [{ model: text }, { model: NOVA, model_id: text }])
        expect((await house.handler(chatRequest(body, { headers }))).status).toBe(404);
    },
  );

  it.each([
    "__proto__",
    "constructor",
    "toString",
    "ANTHROPIC.CLAUDE-V2",
    "claude",
    "-",
    "a",
    "x".repeat(2048),
  ])("%s is a name like any other, which AWS does not know", async (model) => {
    const response = await house.handler(chatRequest({ model }));
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { error: { code: "model_not_found" } },
    ]);
    const posted = house.bedrock.requests.filter(({ method }) => method === "POST");
    expect(posted.map(({ path }) => path)).toEqual([converse(model)]);
    expect(posted[0]!.headers["host"]).toBe(new URL(house.bedrock.url).host);
  });

  it("changes no path, whatever the string", async () => {
    const headers = { "x-bedrock-explain": "1" };
    const PATH =
      /^\/model\/[^/?#]+\/(converse|invoke)$|^(\/openai)?\/v1\/chat\/completions$|^\/anthropic\/v1\/messages$/;
    await fc.assert(
      fc.asyncProperty(anyModelName, async (model) => {
        const response = await house.handler(chatRequest({ model }, { headers }));
        const { request } = (await response.json()) as { request?: { path: string } };
        if (response.status === 200) expect(request?.path).toMatch(PATH);
        else expect([400, 404]).toContain(response.status);
      }),
      { numRuns: 500 },
    );
    expect(house.bedrock.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });
});
