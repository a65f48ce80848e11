import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BedrockOpenAIError, describeModel } from "../../src/index.ts";
import { accountArn, APPLICATION_PROFILES, EMULATOR_CREDENTIALS } from "../../src/testing/index.ts";
import { CLAUDE, type House, LLAMA, MISTRAL, NOVA, openHouse } from "../support/bedrock.ts";
import { OBSERVED_OTHERS } from "../support/model-ids.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const PROFILE = accountArn("application-inference-profile", APPLICATION_PROFILES[0]!.id);

const options = () => ({
  endpoint: house.bedrock.url,
  region: "us-east-1",
  credentials: EMULATOR_CREDENTIALS,
  retries: 0,
  models: { smart: CLAUDE, own: { model: "mine", url: "http://127.0.0.1:9/" } },
  traits: { "amazon.nova-pro*": { tools: false } },
  logger: { error: () => undefined, warn: () => undefined },
});

describe("what a model string leads to", () => {
  it("is told without asking AWS", async () => {
    expect(await describeModel(CLAUDE, house.handler)).toMatchObject({
      model: CLAUDE,
      family: CLAUDE.replace("us.", ""),
      mode: "chat",
      surface: "converse",
      region: undefined,
      maxOutputTokens: 64_000,
      supports: { tools: true, vision: true, audio_input: false, prompt_caching: true, web_search: false },
      traits: { sampling: "one" },
    });
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each([
    [
      "bedrock/invoke/us-west-2/anthropic.claude-3-haiku-20240307-v1:0",
      { surface: "invoke", region: "us-west-2" },
    ],
    ["us.openai.gpt-6-sol", { surface: "openai", host: "runtime", supports: { reasoning: true } }],
    [LLAMA, { supports: { tool_choice: false, system_messages: true, streaming: true } }],
    [
      MISTRAL,
      { supports: { tools: false, tool_choice: false, parallel_tool_calls: false, system_messages: false } },
    ],
    ["amazon.titan-text-express-v1", { surface: "invoke", dialect: expect.any(String) }],
  ])("is what its requests would do: %s", async (model, expected) => {
    expect(await describeModel(model, house.handler)).toMatchObject(expected);
  });

  it("is the same by an alias and its model, with the operator's own traits, by options and by handler", async () => {
    const given = options();
    const byOptions = await describeModel("smart", given);
    expect(byOptions).toEqual(await describeModel(CLAUDE, given));
    expect(await describeModel(NOVA, given)).toMatchObject({ supports: { tools: false } });
    const handler = house.withOptions(given);
    expect(await describeModel("smart", handler)).toEqual(byOptions);
    expect(await describeModel("own", handler)).toMatchObject({ surface: "converse-like", mode: "chat" });
  });

  it("is looked up only behind an ARN that hides it", async () => {
    const told = await describeModel(PROFILE, house.handler);
    expect(told).toMatchObject({ model: PROFILE, region: "us-east-1", mode: "chat" });
    expect(told.family).toMatch(/^[a-z0-9]+\./);
    expect(house.bedrock.requests.map(({ operation }) => operation)).toEqual(["GetInferenceProfile"]);
  });

  it("is open to all where AWS does not tell what an ARN hides", async () => {
    house.bedrock.refuse("GetInferenceProfile", { name: "AccessDeniedException", message: "no" }, Infinity);
    expect(await describeModel(PROFILE, house.withOptions({}))).toMatchObject({
      family: undefined,
      mode: "chat",
      supports: { tools: true, vision: true },
    });
  });

  it("is what `model` says of the id that is called", async () => {
    const told = await describeModel({ model: NOVA, modelId: PROFILE }, house.handler);
    expect(told).toMatchObject({ model: PROFILE, family: NOVA.replace("us.", "") });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("what does not chat", () => {
  const MODES: Record<string, string | undefined> = {
    embedding: "embedding",
    rerank: "rerank",
    image: "image_generation",
    "image-edit": "image_generation",
  };

  it.each(
    OBSERVED_OTHERS.filter(({ id }) => !id.includes("pegasus")).map(({ id, kind }) => [id, MODES[kind]]),
  )("is not promised to: %s", async (id, mode) => {
    expect(await describeModel(`us.${id}`, house.handler)).toMatchObject({
      model: `us.${id}`,
      family: id,
      mode,
      supports: undefined,
      traits: undefined,
    });
  });

  it("has the mode that GET /models has", async () => {
    const response = await house.handler(new Request("http://x/v1/models"));
    const { data } = (await response.json()) as {
      data: { id: string; mode?: string; supports?: object; bedrock: { base_model?: string } }[];
    };
    const known = data.filter(({ bedrock, mode }) => mode !== undefined && bedrock.base_model !== undefined);
    expect(known.length).toBeGreaterThan(20);
    for (const { id, mode, supports } of known) {
      const told = await describeModel(id, house.handler);
      expect([id, told.mode, told.supports]).toEqual([id, mode, supports]);
    }
  });
});

describe("what is no model", () => {
  it.each(["gpt-4o", "../x", "", "x".repeat(3_000), "claude-sonet-4-5", "arn:aws:bedrock:nowhere"])(
    "is a 404 that helps: %s",
    async (model) => {
      const error: unknown = await describeModel(model, house.handler).catch((thrown: unknown) => thrown);
      expect(BedrockOpenAIError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ status: 404, code: "model_not_found" });
      expect((error as Error).message.length).toBeLessThan(1_000);
    },
  );

  it("is near to what there is", async () => {
    await expect(describeModel("claude-sonnet-4-5-20250929", house.handler)).rejects.toThrow(
      /Did you mean '[^']*anthropic\.claude-sonnet-4-5/,
    );
    await expect(describeModel("smrt", options())).rejects.toThrow("Did you mean 'smart'");
  });

  it("does not get a handler of somebody else's past us", async () => {
    const stranger = async () => new Response();
    await expect(describeModel(CLAUDE, stranger)).rejects.toThrow(TypeError);
  });
});

it("gives up with the caller", async () => {
  const gone = AbortSignal.abort(new Error("left"));
  await expect(describeModel(PROFILE, house.handler, { signal: gone })).rejects.toThrow("left");
});
