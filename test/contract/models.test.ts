import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { accountArn, APPLICATION_PROFILES, IMPORTED_MODELS } from "../../src/testing/index.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { DOORS, type Door } from "../support/doors.ts";
import { assertSchema } from "../support/openai-schema.ts";
import { LISTS } from "../support/lists.ts";

const CLIENTS = [
  { version: "openai 7", OpenAI: OpenAI7 },
  // One test for both: where the two differ in types, 7 speaks for them.
  { version: "openai 6", OpenAI: OpenAI6 as unknown as typeof OpenAI7 },
];

const PROFILE = accountArn("application-inference-profile", APPLICATION_PROFILES[0]!.id);
const IMPORTED = accountArn("imported-model", IMPORTED_MODELS[0]!.id);
const EMBEDDER = "amazon.titan-embed-text-v2:0";
const DENIED = { name: "AccessDeniedException", message: "not you" };

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  house.logged.length = 0;
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

type Handler = House["handler"];

/** A handler of its own, which remembers no list. */
const fresh = (options: Parameters<House["withOptions"]>[0] = {}): Handler => house.withOptions(options);

async function get(handler: Handler, path: string, init?: RequestInit) {
  const response = await handler(new Request(`http://x/v1${path}`, init));
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

interface Listed {
  data: { id: string; [key: string]: unknown }[];
}

const idsOf = (body: unknown): string[] => (body as Listed).data.map(({ id }) => id);

describe.each(Object.entries(DOORS))("through %s", (name, open) => {
  let door: Door;
  beforeAll(async () => {
    door = await open(house.handler);
  });
  afterAll(() => door.close());

  describe.each(CLIENTS)("$version", ({ OpenAI }) => {
    const client = () =>
      new OpenAI({ apiKey: "any", baseURL: door.baseURL, fetch: door.fetch, maxRetries: 0 });

    it("iterates all models, each once and by its name", async () => {
      const models: OpenAI7.Model[] = [];
      for await (const model of client().models.list()) models.push(model);
      for (const model of models) assertSchema("Model", model);
      const ids = models.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([CLAUDE, NOVA, PROFILE, IMPORTED, EMBEDDER]));
      expect(ids).toEqual([...new Set(ids)].toSorted());
      expect(ids).not.toContain(CLAUDE.replace("us.", ""));
      expect(house.logged).toEqual([]);
    });

    it.each([CLAUDE, PROFILE, IMPORTED, EMBEDDER])("retrieves %s", async (id) => {
      const model = await client().models.retrieve(id);
      assertSchema("Model", model);
      expect(model).toMatchObject({ id, object: "model" });
      expect(Number.isInteger(model.created)).toBe(true);
    });

    it("raises the client's own error for a model that is not there, and says which is", async () => {
      const error: unknown = await client()
        .models.retrieve("us.anthropic.claude-sonet-4-5-20250929-v1:0")
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OpenAI.NotFoundError);
      expect(error).toMatchObject({
        status: 404,
        code: "model_not_found",
        message: expect.stringContaining(`Did you mean '${CLAUDE}'`),
      });
    });

    it("does not delete what is AWS's", async () => {
      await expect(client().models.delete(NOVA)).rejects.toMatchObject({ status: 405 });
    });
  });

  it.each([
    encodeURIComponent(PROFILE),
    PROFILE,
    `bedrock/${PROFILE}`,
    encodeURIComponent(`bedrock/${PROFILE}`),
  ])("understands the id in the path %s", async (path) => {
    const response = await door.fetch(`${door.baseURL}/models/${path}?beta=true`);
    expect(await response.json()).toMatchObject({ id: PROFILE });
  });

  it("answers HEAD, and a broken encoding with 400", async () => {
    expect((await door.fetch(`${door.baseURL}/models`, { method: "HEAD" })).status).toBe(200);
    expect((await door.fetch(`${door.baseURL}/models/${NOVA}`, { method: "HEAD" })).status).toBe(200);
    const broken = await door.fetch(`${door.baseURL}/models/%E0%A4%A`);
    expect(broken.status).toBe(400);
    const said = (await broken.json()) as { code?: string };
    // Fastify refuses a URL that is none before any plugin hears of it.
    if (name.startsWith("Fastify")) expect(said.code).toBe("FST_ERR_BAD_URL");
    else assertSchema("ErrorResponse", said);
  });
});

describe("what is told of a model", () => {
  it("is what the list tells, with what can be asked of it", async () => {
    const { body } = await get(house.handler, `/models/${CLAUDE}`);
    expect(body).toEqual({
      id: CLAUDE,
      object: "model",
      created: expect.any(Number),
      owned_by: "anthropic",
      name: expect.stringContaining("Claude Sonnet 4.5"),
      input_modalities: ["text", "image"],
      output_modalities: ["text"],
      mode: "chat",
      supports: {
        tools: true,
        tool_choice: true,
        parallel_tool_calls: true,
        structured_output: true,
        vision: true,
        audio_input: false,
        video_input: false,
        documents: true,
        prompt_caching: true,
        reasoning: true,
        system_messages: true,
        prefill: true,
        web_search: false,
        streaming: true,
      },
      bedrock: {
        type: "inference-profile",
        provider: "Anthropic",
        name: expect.any(String),
        streaming: true,
        lifecycle: "active",
        base_model: CLAUDE.replace("us.", ""),
        regions: expect.arrayContaining(["us-east-1"]),
      },
    });
    const list = await get(house.handler, "/models");
    expect((list.body as Listed).data).toContainEqual(body);
  });

  it("does not call an embedding model a chat model", async () => {
    const { body } = await get(house.handler, `/models/${EMBEDDER}`);
    expect(body).toMatchObject({ mode: "embedding", output_modalities: ["embedding"] });
    expect(body).not.toHaveProperty("supports");
  });

  it("keeps to what the operator says of the model", async () => {
    const handler = fresh({ traits: { "amazon.nova-pro*": { tools: false } } });
    expect((await get(handler, `/models/${NOVA}`)).body).toMatchObject({ supports: { tools: false } });
  });

  it("has the same date at every handler and every call", async () => {
    const dates = await Promise.all(
      [fresh(), fresh()].map(async (handler) => (await get(handler, "/models")).body),
    );
    expect(dates[0]).toEqual(dates[1]);
  });
});

describe("when AWS is asked", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());
  const fiveSecondsLater = (): void => void vi.setSystemTime(Date.now() + 5_000);
  const asked = () =>
    house.bedrock.requests.filter(({ operation }) => operation === "ListFoundationModels").length;

  it("is once for many calls, and again only on demand", async () => {
    const handler = fresh();
    await Promise.all([get(handler, "/models"), get(handler, "/models"), get(handler, `/models/${NOVA}`)]);
    await get(handler, "/models?client_version=1.2.3");
    expect(asked()).toBe(1);
    fiveSecondsLater();
    await get(handler, "/models?x=1&refresh=true");
    expect(asked()).toBe(2);
    fiveSecondsLater();
    await get(handler, "/models", { headers: { "cache-control": "max-age=0, no-cache" } });
    expect(asked()).toBe(3);
  });

  it("stands what was known when it refuses", async () => {
    const handler = fresh();
    const before = await get(handler, "/models");
    for (const operation of LISTS) house.bedrock.refuse(operation, DENIED, Infinity);
    fiveSecondsLater();
    expect((await get(handler, "/models?refresh=true")).body).toEqual(before.body);
    expect(house.logged).toHaveLength(1);
  });
});

describe("a list that this identity may not read", () => {
  it.each(LISTS)("costs the rest nothing: %s", async (operation) => {
    house.bedrock.refuse(operation, DENIED, Infinity);
    const { status, body } = await get(fresh(), "/models");
    expect(status).toBe(200);
    expect(idsOf(body).length).toBeGreaterThan(20);
    expect(house.logged).toHaveLength(1);
    expect(house.logged[0]).toContain(`:${operation.replace("Mantle", "")} (`);
  });

  it("fails the request only when there is no other, and names what to allow", async () => {
    for (const operation of LISTS) house.bedrock.refuse(operation, DENIED, Infinity);
    const { status, body } = await get(fresh(), "/models");
    expect(status).toBe(403);
    assertSchema("ErrorResponse", body);
    expect((body as { error: { message: string } }).error.message).toContain("bedrock:ListFoundationModels");
  });
});

describe("names of the operator's own", () => {
  const models = {
    fast: NOVA,
    "gpt-*": CLAUDE,
    team: { model: "bedrock/nova-pro", modelId: PROFILE },
    [NOVA]: { defaults: { temperature: 0 } },
    elsewhere: "us-west-2/acme.model-v1:0",
  };

  it("are listed with the facts of what they lead to; patterns are not", async () => {
    const { body } = await get(fresh({ models }), "/models");
    for (const model of (body as Listed).data) assertSchema("Model", model);
    const byId = new Map((body as Listed).data.map((model) => [model.id, model]));
    expect(byId.get("fast")).toMatchObject({
      owned_by: "bedrock-openai",
      mode: "chat",
      supports: { tools: true },
      bedrock: { type: "alias", alias_of: NOVA, base_model: NOVA.replace("us.", "") },
    });
    expect(byId.get("team")).toMatchObject({ bedrock: { type: "alias", alias_of: PROFILE } });
    expect(byId.get("elsewhere")).toMatchObject({ bedrock: { type: "alias" } });
    expect(byId.has("gpt-*")).toBe(false);
    // Defaults for a model make no other of it.
    expect(byId.get(NOVA)).toMatchObject({ owned_by: "amazon", bedrock: { type: "inference-profile" } });
  });

  it.each(["gpt-4o", "GPT-5-mini", "fast", "bedrock/fast"])("answer for %s", async (name) => {
    const { body } = await get(fresh({ models }), `/models/${encodeURIComponent(name)}`);
    expect(body).toMatchObject({ id: name, object: "model", owned_by: "bedrock-openai" });
    assertSchema("Model", body);
  });

  it("do not swallow models whose names only contain theirs", async () => {
    const { body } = await get(fresh({ models }), "/models/openai.gpt-oss-120b-1%3A0");
    expect(body).toMatchObject({ owned_by: "openai" });
  });

  it("are suggested for a misspelt one", async () => {
    const { status, body } = await get(fresh({ models }), "/models/fasst");
    expect(status).toBe(404);
    expect((body as { error: { message: string } }).error.message).toContain("Did you mean 'fast'");
  });

  it("are served where AWS lists nothing", async () => {
    for (const operation of LISTS) house.bedrock.refuse(operation, DENIED, Infinity);
    const { status, body } = await get(fresh({ models }), "/models");
    expect(status).toBe(200);
    expect(idsOf(body)).toEqual(["elsewhere", "fast", "team", NOVA].toSorted());
    expect(house.logged).toHaveLength(1);
  });
});
