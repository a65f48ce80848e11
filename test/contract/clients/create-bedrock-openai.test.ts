import { createRequire } from "node:module";
import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBedrockOpenAI } from "../../../integrations/openai.ts";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../../src/testing/index.ts";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { drained, THROTTLED } from "../../support/clients.ts";

// One test for all: where they differ in types, 7 speaks for them.
const CLASSES: Record<string, typeof OpenAI7> = {
  "openai 7": OpenAI7,
  "openai 7, required": (createRequire(import.meta.url)("openai") as { OpenAI: typeof OpenAI7 }).OpenAI,
  "openai 6": OpenAI6 as unknown as typeof OpenAI7,
  "a class of one's own": class Own extends OpenAI7 {},
};

const HELLO = { model: CLAUDE, messages: [{ role: "user" as const, content: "Hello" }] };

let house: House;
let options: BedrockOpenAIOptions;
beforeEach(async () => {
  house = await openHouse();
  options = { endpoint: house.bedrock.url, region: "us-east-1", credentials: EMULATOR_CREDENTIALS };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await house.bedrock.close();
});

describe.each(Object.entries(CLASSES))("createBedrockOpenAI(%s)", (_, OpenAI) => {
  it("is a client of that very class, whose calls Bedrock answers, whole and streamed", async () => {
    const client = createBedrockOpenAI(OpenAI, options);
    expect(client).toBeInstanceOf(OpenAI);
    const whole = await client.chat.completions.create(HELLO);
    expect(whole.choices[0]!.message.content).toContain("Hello");
    const chunks = await drained(await client.chat.completions.create({ ...HELLO, stream: true }));
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(
      whole.choices[0]!.message.content,
    );
  });

  it("throws the errors of that very class", async () => {
    const client = createBedrockOpenAI(OpenAI, house.handler);
    const failing = client.chat.completions.create({ ...HELLO, model: "no.such-model" });
    await expect(failing).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("is neither redirected by the environment of an OpenAI user, nor shows its keys to anyone", async () => {
    const environment = {
      OPENAI_API_KEY: "sk-of-openai",
      OPENAI_ADMIN_KEY: "sk-admin-of-openai",
      OPENAI_BASE_URL: "https://elsewhere.example/v1",
      OPENAI_ORG_ID: "org-of-openai",
      OPENAI_PROJECT_ID: "proj-of-openai",
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const outside = vi.fn<typeof fetch>(async () => new Response("{}"));
    vi.stubGlobal("fetch", outside);
    const asked: Request[] = [];
    const noted = (request: Request) => (asked.push(request), house.handler(request));
    // Given as undefined is not given: the client would look into the environment again.
    const clientOptions = { apiKey: undefined, organization: undefined, project: undefined };
    for (const client of [
      createBedrockOpenAI(OpenAI, noted),
      createBedrockOpenAI(OpenAI, noted, clientOptions),
      createBedrockOpenAI(OpenAI, noted).withOptions({ maxRetries: 0 }),
    ]) {
      await client.chat.completions.create(HELLO);
      await client.models.list();
    }
    expect(outside).not.toHaveBeenCalled();
    expect(asked).toHaveLength(6);
    const shown = JSON.stringify(asked.map(({ url, headers }) => [url, ...headers]));
    expect(shown).not.toContain("of-openai");
    expect(shown).not.toContain("elsewhere");
  });

  it("takes the client's own options, and sends the key that a handler asks for", async () => {
    const guarded = house.withOptions({ apiKeys: ["sk-right-0123456789"] });
    const clientOptions = { maxRetries: 0, timeout: 1234, defaultHeaders: { "x-bedrock-explain": "1" } };
    const client = createBedrockOpenAI(OpenAI, guarded, { ...clientOptions, apiKey: "sk-right-0123456789" });
    expect(client).toMatchObject({ maxRetries: 0, timeout: 1234 });
    expect(await client.chat.completions.create(HELLO)).toMatchObject({ target: { model: CLAUDE } });
    expect(house.bedrock.requests).toEqual([]);
    const stranger = createBedrockOpenAI(OpenAI, guarded);
    await expect(stranger.chat.completions.create(HELLO)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  });

  it.each([
    { retries: 1, maxRetries: 2, calls: 2, who: "the SDK alone" },
    { retries: 0, maxRetries: 1, calls: 2, who: "the client, where the SDK does not" },
    { retries: 0, maxRetries: 0, calls: 1, who: "nobody, where both are told so" },
  ])("repeats what was throttled by $who", async ({ retries, maxRetries, calls }) => {
    const throttled = { error: { ...THROTTLED.error, headers: { "retry-after": "0" } } };
    house.bedrock.enqueue(...Array.from({ length: 9 }, () => throttled));
    const client = createBedrockOpenAI(OpenAI, { ...options, retries }, { maxRetries });
    await expect(client.chat.completions.create(HELLO)).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    expect(house.bedrock.requests).toHaveLength(calls);
  });

  it.each([
    "baseURL",
    "fetch",
    "dataResidency",
    "provider",
    "workloadIdentity",
    "x509Transport",
    "credential",
  ])("refuses the client's '%s', which would lead it away from Bedrock", (name) => {
    const away = { [name]: "https://elsewhere.example/v1" } as object;
    expect(() => createBedrockOpenAI(OpenAI, options, away)).toThrow(
      new TypeError(
        `bedrock-openai: createBedrockOpenAI() does not take the client's '${name}', which would lead it away from ` +
          "Bedrock. For a client of your own there is createBedrockFetch().",
      ),
    );
  });
});

describe("createBedrockOpenAI() without a class", () => {
  it.each<[string, () => OpenAI7]>([
    ["options", () => createBedrockOpenAI(options)],
    ["a handler", () => createBedrockOpenAI(house.handler, { maxRetries: 0 })],
  ])("is a client of the installed package, given %s", async (_, create) => {
    const { choices } = await create().chat.completions.create(HELLO);
    expect(choices[0]!.message.content).toContain("Hello");
  });

  it("takes nothing that leads it away either", () => {
    const create = createBedrockOpenAI as (first: unknown, second: unknown) => unknown;
    expect(() => create(options, { baseURL: "http://elsewhere" })).toThrow(TypeError);
  });
});
