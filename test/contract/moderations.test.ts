import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { type Reply, startBedrockEmulator } from "../../src/testing/index.ts";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { callerLeft } from "../support/clients.ts";
import { DOORS, type Door } from "../support/doors.ts";
import { assertSchema } from "../support/openai-schema.ts";
import { createShapeJudge, hasServiceModel } from "../support/service-model.ts";

const CLIENTS = [
  { version: "openai 7", OpenAI: OpenAI7 },
  // One test for both: where the two differ in types, 7 speaks for them.
  { version: "openai 6", OpenAI: OpenAI6 as unknown as typeof OpenAI7 },
];

/** What nobody at AWS looks for. */
const NEVER = [
  "harassment/threatening",
  "hate/threatening",
  "illicit/violent",
  "self-harm",
  "self-harm/instructions",
  "self-harm/intent",
  "sexual/minors",
  "violence/graphic",
];
const CHECKED = ["harassment", "hate", "illicit", "sexual", "violence"];

/** One pixel of that colour. */
const RED = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
const BLUE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQEXkGAAFOAQ95QyO7AAAAAElFTkSuQmCC";
const image = (base64: string) =>
  ({ type: "image_url", image_url: { url: `data:image/png;base64,${base64}` } }) as const;
const text = (said: string) => ({ type: "text", text: said }) as const;

const guardrail = (guardrailIdentifier: string, guardrailVersion = "1") => ({
  guardrailConfig: { guardrailIdentifier, guardrailVersion },
});
const ARN = "arn:aws:bedrock:us-east-1:123456789012:guardrail";

type Nulls<T> = { [K in keyof T]: T[K] | null };

interface Moderated {
  id: string;
  model: string;
  results: {
    flagged: boolean;
    categories: Nulls<Record<string, boolean>>;
    category_scores: Nulls<Record<string, number>>;
    category_applied_input_types: Record<string, string[]>;
    bedrock?: { action: string; assessments: Record<string, object>[] };
  }[];
  error?: { message: string; type: string; code: string; param: string };
}

/** OpenAI's schema has no null but for two categories, and no images for some: docs/decisions/018. */
function assertForm(body: unknown): void {
  const told = structuredClone(body) as Moderated;
  for (const { categories, category_scores, category_applied_input_types: types } of told.results)
    for (const name of [...NEVER, ...CHECKED]) {
      expect([categories[name], category_scores[name]].filter((value) => value === null)).toHaveLength(
        types[name]!.length === 0 ? 2 : 0,
      );
      categories[name] ??= false;
      category_scores[name] ??= 0;
      types[name] = types[name]!.filter((type) => type === "text");
    }
  assertSchema("CreateModerationResponse", told);
}

let house: House;

for (const name of ["createBedrockFetch", "node:http", "Express 5 after json() under compression()"]) {
  for (const { version, OpenAI } of CLIENTS) {
    describe(`${version} through ${name}`, () => {
      let door: Door;
      let client: OpenAI7;
      beforeAll(async () => {
        house = await openHouse();
        door = await DOORS[name]!(house.handler);
        client = new OpenAI({ apiKey: "any", baseURL: door.baseURL, fetch: door.fetch, maxRetries: 0 });
      });
      afterEach(() => house.bedrock.reset());
      afterAll(async () => {
        await door.close();
        await house.bedrock.close();
      });

      it("moderates one text", async () => {
        const moderation = await client.moderations.create({ input: "I hate you. Grüße, 世界 👋" });
        assertForm(moderation);
        expect(moderation.id).toMatch(/^modr-\w+$/);
        expect(moderation.model).toBe("guardrail-checks");
        expect(moderation.results).toHaveLength(1);
        expect(moderation.results[0]).toMatchObject({
          flagged: true,
          categories: { hate: true, violence: false },
          category_scores: { hate: 0.6, violence: 0 },
          category_applied_input_types: { hate: ["text"], violence: ["text"] },
        });
      });

      it("moderates each of many texts by itself, in their order", async () => {
        const input = Array.from({ length: 30 }, (_, index) => (index % 7 === 3 ? "kill" : `hello ${index}`));
        const { results } = await client.moderations.create({ model: "omni-moderation-latest", input });
        expect(results.map(({ flagged }) => flagged)).toEqual(input.map((said) => said === "kill"));
        expect(house.bedrock.requests).toHaveLength(30);
      });

      it("moderates the parts of one message as a whole", async () => {
        const parts = [text("hello"), text("stupid idiot")];
        const { results } = await client.moderations.create({ input: parts });
        expect(results).toHaveLength(1);
        expect(results[0]).toMatchObject({ flagged: true, category_scores: { harassment: 0.8 } });
        expect(house.bedrock.requests).toHaveLength(1);
      });

      it("moderates images by a guardrail", async () => {
        const request = { input: [text("see"), image(RED)], ...guardrail("abc") };
        const moderation = await client.moderations.create(request);
        assertForm(moderation);
        expect(moderation.model).toBe("abc:1");
        expect(moderation.results[0]).toMatchObject({
          flagged: true,
          categories: { violence: true, hate: false },
          category_scores: { violence: 1 },
          category_applied_input_types: { violence: ["text", "image"] },
        });
      });

      it("raises the client's own typed errors", async () => {
        const empty = client.moderations.create({ input: "" });
        await expect(empty).rejects.toBeInstanceOf(OpenAI.BadRequestError);
        await expect(empty).rejects.toMatchObject({ param: "input", code: "string_below_min_length" });
        const unknown = client.moderations.create({ model: "gpt-4", input: "a" });
        await expect(unknown).rejects.toBeInstanceOf(OpenAI.NotFoundError);
      });
    });
  }
}

describe("POST /moderations", () => {
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.bedrock.close());

  interface Init {
    options?: BedrockOpenAIOptions;
    headers?: Record<string, string>;
    signal?: AbortSignal;
  }

  const post = (body: object, { options = {}, headers = {}, signal }: Init = {}): Promise<Response> =>
    house.withOptions(options)(
      new Request("http://localhost/v1/moderations", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      }),
    );
  const read = async (response: Response): Promise<Moderated> => (await response.json()) as Moderated;
  const ask = async (body: object, init?: Init): Promise<Moderated> => read(await post(body, init));
  const adjustments = (response: Response): { param: string; action: string; reason: string }[] =>
    JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]");
  const sent = (at = -1) => house.bedrock.requests.at(at)!;

  it("is found where OpenAI has it, and takes nothing but a POST", async () => {
    const wrong = await house.handler(new Request("http://localhost/v1/moderations"));
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });

  it("asks AWS's checks for all that they know, and nothing else", async () => {
    await ask({ input: [text("a"), text("b")] });
    expect(sent()).toMatchObject({
      operation: "InvokeGuardrailChecks",
      body: {
        messages: [{ role: "user", content: [{ text: "a" }, { text: "b" }] }],
        checks: {
          contentFilter: {
            categories: ["HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT"].map((category) => ({
              category,
            })),
          },
        },
      },
    });
  });

  it("asks a guardrail for what it found in vain, too", async () => {
    await ask({ input: "a", ...guardrail(`${ARN}/abc`, "DRAFT") });
    expect(sent()).toMatchObject({
      operation: "ApplyGuardrail",
      path: `/guardrail/${encodeURIComponent(`${ARN}/abc`)}/version/DRAFT/apply`,
      body: { source: "INPUT", content: [{ text: { text: "a" } }], outputScope: "FULL" },
    });
  });

  it.runIf(hasServiceModel())("is valid by AWS's service model", async () => {
    const parts = [...Array.from({ length: 25 }, (_, index) => text(`part ${index}`)), text(" ")];
    expect((await post({ input: parts })).status).toBe(200);
    expect(createShapeJudge("InvokeGuardrailChecksRequest")(sent().body)).toEqual([]);
    expect((await post({ input: [...parts, image(BLUE)], ...guardrail("abc") })).status).toBe(200);
    const named = { ...(sent().body as object), guardrailIdentifier: "abc", guardrailVersion: "1" };
    expect(createShapeJudge("ApplyGuardrailRequest")(named)).toEqual([]);
  });

  it("never says of what nobody looked for that it is not there", async () => {
    const response = await post({ input: "hello" });
    const [note, ...others] = adjustments(response);
    const { results } = await read(response);
    for (const name of NEVER) {
      expect(results[0]!.categories[name]).toBeNull();
      expect(results[0]!.category_scores[name]).toBeNull();
      expect(results[0]!.category_applied_input_types[name]).toEqual([]);
      expect(note!.reason).toContain(name);
    }
    expect(others).toEqual([]);
    for (const name of CHECKED) expect(results[0]!.categories[name]).toBe(false);
  });

  it("is served where the operator wants no parameter dropped, until one would be", async () => {
    const options: BedrockOpenAIOptions = { unsupported: "reject" };
    expect((await post({ input: "hello" }, { options })).status).toBe(200);
    expect((await post({ input: "hello", ...guardrail("words1") }, { options })).status).toBe(200);
    const { error } = await ask({ input: "hello", user: "me" }, { options });
    expect(error).toMatchObject({ code: "unsupported_parameter", param: "user" });
    expect(adjustments(await post({ input: "hello", user: "me" }))[0]).toMatchObject({
      param: "user",
      action: "dropped",
    });
  });

  describe("by a guardrail", () => {
    it("flags what it blocks, words that have no category included", async () => {
      const input = ["hello", "kill", "damn", "me@example.com", "BLOCKED_BY_GUARDRAIL", "investment advice"];
      const { results } = await ask({ input, ...guardrail("abc") });
      expect(results.map(({ flagged }) => flagged)).toEqual([false, true, false, true, true, true]);
      expect(results[1]).toMatchObject({
        categories: { violence: true },
        category_scores: { violence: 0.66 },
      });
      // A filter's strength is the operator's word for what is too much.
      expect(results[2]).toMatchObject({
        categories: { harassment: false },
        category_scores: { harassment: 0.33 },
      });
      for (const { categories, bedrock } of results.slice(3)) {
        expect(CHECKED.map((name) => categories[name])).not.toContain(true);
        expect(bedrock!.action).toBe("GUARDRAIL_INTERVENED");
      }
      expect(results[5]!.bedrock!.assessments[0]).toMatchObject({
        topicPolicy: { topics: [{ detected: true }] },
      });
    });

    it("flags what it only detects", async () => {
      const { results } = await ask({ input: ["kill", "me@example.com", "hello"], ...guardrail("detect1") });
      expect(results.map(({ flagged, bedrock }) => [flagged, bedrock!.action])).toEqual([
        [true, "NONE"],
        [true, "NONE"],
        [false, "NONE"],
      ]);
      expect(results[0]!.categories["violence"]).toBe(true);
    });

    it("says nothing of filters that the guardrail does not have", async () => {
      const response = await post({ input: ["kill", "BLOCKED_BY_GUARDRAIL"], ...guardrail("words1") });
      const moderation = await read(response);
      assertForm(moderation);
      expect(moderation.results.map(({ flagged }) => flagged)).toEqual([false, true]);
      for (const { categories } of moderation.results)
        expect(new Set(Object.values(categories))).toEqual(new Set([null]));
      expect(adjustments(response)[1]!.reason).toContain("no filter for hate, harassment, sexual");
    });

    it.each(["text1", "words1"])("never takes an image for harmless that %s did not see", async (id) => {
      for (const input of [[image(RED)], [text("hello"), image(RED)]]) {
        const response = await post({ input, ...guardrail(id) });
        const { error } = await read(response);
        expect([response.status, error!.code, error!.param]).toEqual([
          400,
          "moderation_unavailable",
          "input",
        ]);
        expect(error!.message).toContain(`The guardrail '${id}:1' did not look at every image of 'input'`);
      }
      const word = "BLOCKED_BY_GUARDRAIL";
      const { results } = await ask({ input: [text(word), image(RED)], ...guardrail(id) });
      expect(results[0]!.flagged).toBe(true);
      expect(Object.values(results[0]!.category_applied_input_types).flat()).not.toContain("image");
    });

    it("looks at images behind URLs, by what they are and not by what they are called", async () => {
      const fetch = async (): Promise<Response> =>
        new Response(Buffer.from(RED, "base64"), { headers: { "content-type": "image/webp" } });
      const input = [{ type: "image_url", image_url: { url: "https://pictures.example/red.webp" } }];
      const { results } = await ask({ input, ...guardrail("abc") }, { options: { media: { fetch } } });
      expect(results[0]).toMatchObject({
        flagged: true,
        category_applied_input_types: { violence: ["image"], hate: ["image"] },
      });
      expect(sent().body).toMatchObject({ content: [{ image: { format: "png", source: { bytes: RED } } }] });
    });

    it("brings a large image to AWS as it came", async () => {
      const large = `${RED.slice(0, -8)}${"A".repeat(60_000)}`;
      await post({ input: [image(large)], ...guardrail("abc") });
      expect(sent().body).toMatchObject({ content: [{ image: { source: { bytes: large } } }] });
    });

    it("is named by the model, by headers, or by what the operator says", async () => {
      const models = {
        "omni-moderation-*": { defaults: guardrail("words2", "3") },
        house: `${ARN}/text1:4`,
        far: { model: "guardrail-checks", region: "us-west-2", defaults: guardrail("words3") },
      };
      const headers = { "x-amzn-bedrock-guardrailidentifier": "abc", "x-amzn-bedrock-guardrailversion": "9" };
      const modelOf = async (body: object, init: Init = {}): Promise<string> =>
        (await ask({ input: "a", ...body }, init)).model;
      expect(await modelOf({ model: `${ARN}/abc:2` })).toBe("abc:2");
      expect(await modelOf({}, { headers })).toBe("abc:9");
      expect(await modelOf({}, { options: { models } })).toBe("words2:3");
      expect(await modelOf({ model: null }, { options: { models } })).toBe("words2:3");
      expect(await modelOf({ model: "house" }, { options: { models } })).toBe("text1:4");
      expect(await modelOf(guardrail("own1"), { options: { models } })).toBe("own1:1");
      const explained = await post(
        { model: "far", input: "a" },
        { options: { models }, headers: { "x-bedrock-explain": "1" } },
      );
      expect(await explained.json()).toMatchObject({ target: { model: "words3:1", region: "us-west-2" } });
    });

    it("tells no caller the operator's account", async () => {
      const options = { models: { safe: `${ARN}/abc:1`, none: `${ARN}/missing1` } };
      const found = await post({ model: "safe", input: "kill me@example.com" }, { options });
      expect(found.status).toBe(200);
      const lost = await post({ model: "none", input: "a" }, { options });
      expect(lost.status).toBe(404);
      for (const response of [found, lost])
        expect((await response.text()) + JSON.stringify([...response.headers])).not.toContain("123456789012");
    });
  });

  describe("x-bedrock-explain: 1", () => {
    const headers = { "x-bedrock-explain": "1" };

    it("shows the exact AWS request and sends nothing", async () => {
      const response = await post({ input: "a" }, { headers });
      const explained = (await response.json()) as { request: object };
      expect(house.bedrock.requests).toEqual([]);
      expect(explained).toMatchObject({ target: { model: "guardrail-checks", surface: "guardrail" } });
      await post({ input: "a" });
      expect(sent()).toMatchObject(explained.request);
    });

    it("shows a list where there are several", async () => {
      const response = await post({ input: ["a", "b"], ...guardrail("abc") }, { headers });
      expect(await response.json()).toMatchObject([
        { request: { body: { content: [{ text: { text: "a" } }] } } },
        { request: { path: "/guardrail/abc/version/1/apply", body: { content: [{ text: { text: "b" } }] } } },
      ]);
    });
  });

  describe("bad input", () => {
    const url = (url: string): object => ({ type: "image_url", image_url: { url } });
    it.each<[object, string | null, string]>([
      [{}, "input", "Missing required parameter"],
      [{ input: null }, "input", "expected a string"],
      [{ input: 5 }, "input", "expected a string"],
      [{ input: {} }, "input", "expected a string"],
      [{ input: "" }, "input", "too short"],
      [{ input: [] }, "input", "empty array"],
      [{ input: ["a", ""] }, "input[1]", "too short"],
      [{ input: ["a", 5] }, "input[1]", "expected a string"],
      [{ input: ["a", text("b")] }, "input[1]", "expected a string"],
      [{ input: [text("a"), "b"] }, "input[1]", "expected an object"],
      [{ input: [text("")] }, "input[0].text", "too short"],
      [{ input: [{ type: "text" }] }, "input[0].text", "Missing required parameter"],
      [{ input: [{ type: "input_audio" }] }, "input[0].type", "Supported values are: 'text', 'image_url'"],
      [{ input: [{ text: "a" }] }, "input[0].type", "Missing required parameter"],
      [{ input: [{ type: "image_url" }] }, "input[0].image_url", "Missing required parameter"],
      [{ input: Array.from({ length: 2049 }, () => "a") }, "input", "maximum length 2048"],
      [{ input: [image(RED)] }, "input[0].image_url.url", "without a guardrail only text is moderated"],
      [
        { input: [url("data:image/webp;base64,UklGRg==")], ...guardrail("abc") },
        "input[0].image_url.url",
        "PNG",
      ],
      [
        { input: [url("s3://bucket/key.png")], ...guardrail("abc") },
        "input[0].image_url.url",
        "PNG and JPEG",
      ],
      [{ input: [url("not an image")], ...guardrail("abc") }, "input[0].image_url.url", "neither a data URL"],
      [
        { input: [url("http://127.0.0.1/a.png")], ...guardrail("abc") },
        "input[0].image_url.url",
        "127.0.0.1",
      ],
      [{ input: "a", ...guardrail("../x") }, "guardrailConfig.guardrailIdentifier", "the id or ARN"],
      [{ input: "a", ...guardrail("abc", "x") }, "guardrailConfig.guardrailVersion", "DRAFT"],
    ])("is refused before anything is sent: %j", async (body, param, message) => {
      const response = await post(body);
      const { error } = await read(response);
      expect([response.status, error!.type, error!.param]).toEqual([400, "invalid_request_error", param]);
      expect(error!.message).toContain(message);
      expect(house.bedrock.requests).toEqual([]);
    });
  });

  describe("what fails at AWS", () => {
    const failing = (name: string, message = "oops"): Reply => ({ error: { name, message } });

    it.each<[string, number, string | null]>([
      ["ThrottlingException", 429, "rate_limit_exceeded"],
      ["ServiceQuotaExceededException", 429, "insufficient_quota"],
      ["ValidationException", 400, null],
      ["InternalServerException", 500, null],
      ["ServiceUnavailableException", 503, "service_unavailable"],
      ["ExpiredTokenException", 401, "aws_credentials_error"],
    ])("is OpenAI's error: %s", async (name, status, code) => {
      for (const more of [{}, guardrail("abc")]) {
        house.bedrock.enqueue(failing(name));
        const response = await post({ input: "a", ...more });
        expect([response.status, (await read(response)).error!.code]).toEqual([status, code]);
      }
    });

    it("is a guardrail that does not exist", async () => {
      const body = { input: "a", ...guardrail("missing1") };
      const missing = {
        code: "guardrail_not_found",
        param: "guardrailConfig",
        type: "invalid_request_error",
      };
      const response = await post(body);
      expect([response.status, (await read(response)).error]).toEqual([
        404,
        expect.objectContaining(missing),
      ]);
      house.bedrock.enqueue(failing("ResourceNotFoundException"));
      expect((await ask({ input: "a", ...guardrail("abc") })).error).toMatchObject({
        ...missing,
        message: "The guardrail 'abc:1' does not exist in this account and Region.",
      });
    });

    it("is a Region without checks, with the ways out", async () => {
      const bedrock = await startBedrockEmulator({ region: "eu-central-1" });
      const options = { endpoint: bedrock.url, region: "eu-central-1" };
      const response = await post({ input: "a" }, { options });
      const { error } = await read(response);
      expect([response.status, error!.code, error!.param]).toEqual([400, "moderation_unavailable", "model"]);
      expect(error!.message).toMatch(/us-east-1, .*'us-east-1\/guardrail-checks'.*'guardrailConfig'/);
      expect((await post({ input: "a", ...guardrail("abc") }, { options })).status).toBe(200);
      await bedrock.close();
    });

    it("is not mistaken for that in a Region out of reach", async () => {
      const response = await post({ model: "us-gov-west-1/guardrail-checks", input: "a" });
      expect([response.status, (await read(response)).error!.code]).toEqual([404, "model_not_found"]);
    });

    it.each([
      [{}, "bedrock:InvokeGuardrailChecks"],
      [guardrail("abc"), "bedrock:ApplyGuardrail"],
    ])("tells what to allow: %j", async (more, action) => {
      house.bedrock.enqueue(failing("AccessDeniedException", "User: arn:aws:iam::999988887777:user/x"));
      const response = await post({ input: "a", ...more });
      const { message } = (await read(response)).error!;
      expect(response.status).toBe(403);
      expect(message).toContain(action);
      expect(message).not.toMatch(/InvokeModel|999988887777/);
    });

    it("tells the parameter that is too long in this endpoint's words", async () => {
      house.bedrock.enqueue(failing("ValidationException", "Input is too long."));
      expect((await ask({ input: "a" })).error).toMatchObject({ param: "input" });
    });

    it.each<[string, Reply]>([
      ["nothing", { response: {} }],
      ["no scores", { response: { results: { contentFilter: { results: [] } } } }],
      ["a list", { response: [] }],
      ["half an answer", { fault: { kind: "truncate", afterEvents: 0 } }],
      ["HTML", { bytes: [new TextEncoder().encode("<html>")], headers: { "content-type": "text/html" } }],
    ])("is a server error and never 'not flagged': %s", async (_, reply) => {
      for (const more of [{}, guardrail("abc")]) {
        house.bedrock.enqueue(reply);
        const response = await post({ input: "a", ...more });
        expect(response.status).toBeGreaterThanOrEqual(500);
        expect((await read(response)).error!.type).toBe("server_error");
      }
    });

    it("stops all others of a request, and asks no more", async () => {
      const stalled = (): Reply => ({ fault: { kind: "stall", afterEvents: -1 } });
      house.bedrock.enqueue(...Array.from({ length: 7 }, stalled), failing("ThrottlingException"), stalled());
      const input = Array.from({ length: 20 }, (_, index) => `text ${index}`);
      expect((await post({ input })).status).toBe(429);
      await eventually(() => house.bedrock.requests.filter(({ aborted }) => aborted).length === 7);
      expect(house.bedrock.requests).toHaveLength(8);
    });

    it("stops when the caller leaves", async () => {
      house.bedrock.enqueue({ fault: { kind: "stall", afterEvents: -1 } });
      const controller = new AbortController();
      const answering = post({ input: "a" }, { signal: controller.signal });
      await eventually(() => house.bedrock.requests.length === 1);
      controller.abort();
      await answering;
      await callerLeft(house);
    });
  });
});
