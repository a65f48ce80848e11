import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { ROOT } from "./project.ts";
import { snippetsOf } from "./snippets.ts";
import { rowsUnder, wordsIn } from "./tables.ts";

const LITELLM = join(ROOT, "docs/migrating-from-litellm.md");
const GATEWAY = join(ROOT, "docs/migrating-from-bedrock-access-gateway.md");

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const ask = (body: object, { handler } = house): Promise<Response> =>
  handler(
    new Request("http://x/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json", "x-bedrock-explain": "1" },
      body: JSON.stringify({ messages: [{ role: "user", content: "Hi" }], ...body }),
    }),
  );

interface Explained {
  target: { model: string };
  request: { body: object };
  adjustments: { param: string; action: string }[];
}

const explain = async (body: object, options?: BedrockOpenAIOptions): Promise<Explained> => {
  const response = await ask(body, options ? { ...house, handler: house.withOptions(options) } : house);
  expect(response.status).toBe(200);
  return (await response.json()) as Explained;
};

describe("what LiteLLM's users are told", () => {
  const variables = rowsUnder(LITELLM, "LiteLLM").flatMap(([left]) => wordsIn(left!));
  const parameters = rowsUnder(LITELLM, "LiteLLM").filter((cells) => cells.length === 3);

  /** Sources: the provider's documentation, and the defaults in its code. */
  it("names everything that says who calls and where", () => {
    const names = ["region_name", "profile_name", "role_name", "session_name", "external_id", "sts_endpoint"];
    const keys = ["access_key_id", "secret_access_key", "session_token", "web_identity_token"];
    const all = [...names, ...keys, "bedrock_runtime_endpoint"].map((name) => `aws_${name}`);
    expect(variables).toEqual(expect.arrayContaining([...all, ...all.map((name) => name.toUpperCase())]));
  });

  // What may be lent is dropped as well, by default.
  const dropped = parameters.filter(([, , request]) => /^(dropped|lent)/.test(request!));

  it.each(dropped.flatMap(([left]) => wordsIn(left!)))(
    "is so: %s is dropped from a request",
    async (name) => {
      // One family whose own parameters are known, and one where everything else is sent to the model.
      for (const model of [CLAUDE, "us.writer.palmyra-x5-v1:0"]) {
        const { request, adjustments } = await explain({ model, [name]: "sk-of-a-caller" });
        expect(JSON.stringify(request)).not.toContain("sk-of-a-caller");
        expect(adjustments).toContainEqual(expect.objectContaining({ param: name, action: "dropped" }));
      }
    },
  );

  it.each(["agent", "agentcore", "async_invoke", "claude_platform"])(
    "is so: %s/ is a 404 that says so",
    async (route) => {
      const response = await ask({ model: `bedrock/${route}/anthropic.claude-sonnet-4-5-20250929-v1:0` });
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("are not served here");
    },
  );

  it.each([
    "bedrock/",
    "bedrock/converse/",
    "converse/",
    "invoke/",
    "bedrock/us-west-2/",
    "bedrock/nova/",
    "bedrock/nova-2/",
  ])("is so: %s is taken before an id", async (before) => {
    expect((await explain({ model: `${before}amazon.nova-pro-v1:0` })).target.model).toBe(
      "amazon.nova-pro-v1:0",
    );
  });
});

describe("what the access gateway's users are told", () => {
  it("names every variable of the gateway", () => {
    const variables = rowsUnder(GATEWAY, "gateway").flatMap(([left]) => wordsIn(left!));
    expect(variables.toSorted()).toEqual([
      "ALLOWED_ORIGINS",
      "API_KEY",
      "API_KEY_PARAM_NAME",
      "API_KEY_SECRET_ARN",
      "API_ROUTE_PREFIX",
      "AWS_REGION",
      "DEBUG",
      "DEFAULT_EMBEDDING_MODEL",
      "DEFAULT_MODEL",
      "ENABLE_APPLICATION_INFERENCE_PROFILES",
      "ENABLE_CROSS_REGION_INFERENCE",
      "ENABLE_PROMPT_CACHING",
    ]);
  });

  it("is so: its file gives the gateway's aliases", async () => {
    const { code } = snippetsOf(GATEWAY).find(({ language }) => language === "yaml")!;
    const options = parse(code) as BedrockOpenAIOptions;
    const { target } = await explain({ model: "gpt-3.5-turbo" }, options);
    expect(target.model).toBe("anthropic.claude-3-sonnet-20240229-v1:0");
    const native = await explain({ model: "converse/openai.gpt-oss-120b-1:0" }, options);
    expect(native.target.model).toBe("openai.gpt-oss-120b-1:0");
    const embedded = await house.withOptions(options)(
      new Request("http://x/api/v1/embeddings", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model: "text-embedding-3-small", input: "The food was delicious" }),
      }),
    );
    expect(await embedded.json()).toMatchObject({ model: "cohere.embed-multilingual-v3" });
  });
});
