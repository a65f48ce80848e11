import Anthropic from "@anthropic-ai/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { CLAUDE, eventually, type House, NEW_CLAUDE, openHouse } from "../support/bedrock.ts";
import { callerLeft, SLOW } from "../support/clients.ts";
import { type TypedEvent, typedEventsOf } from "../support/typed-events.ts";

type Body = Record<string, unknown>;

const MYTHOS = "anthropic.claude-mythos-5";
const APPLICATION = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const asked = (body: Body, handler: BedrockOpenAIHandler = house.handler, init: RequestInit = {}) =>
  handler(
    new Request("http://localhost/v1/messages", {
      method: "POST",
      headers: { "content-type": "application/json", ...(init.headers as Record<string, string>) },
      body: JSON.stringify({
        model: CLAUDE,
        max_tokens: 100,
        messages: [{ role: "user", content: "Hello" }],
        ...body,
      }),
      ...(init.signal && { signal: init.signal }),
    }),
  );
const operations = (): string[] => house.bedrock.requests.map(({ operation }) => operation);
const last = () => house.bedrock.requests.at(-1)!;
const sent = (): Body => last().body as Body;
const adjusted = (response: Response): string[] =>
  (JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as { param: string }[]).map(
    ({ param }) => param,
  );
const clientOf = (handler: BedrockOpenAIHandler): Anthropic =>
  new Anthropic({
    apiKey: "x",
    baseURL: "http://localhost",
    maxRetries: 0,
    fetch: (url, init) => handler(new Request(url as string, init as RequestInit)),
  });

const weather = {
  name: "get_weather",
  description: "The weather of a city",
  input_schema: {
    type: "object" as const,
    properties: { city: { type: "string" } },
    required: ["city"],
  },
};

/** Every way to Claude that takes Anthropic's own words. */
const WAYS: [model: string, operation: string, streamed: string, answered?: string][] = [
  [CLAUDE, "InvokeModel", "InvokeModelWithResponseStream"],
  [NEW_CLAUDE, "InvokeModel", "InvokeModelWithResponseStream"],
  [
    `eu-west-1/${CLAUDE.replace("us.", "eu.")}`,
    "InvokeModel",
    "InvokeModelWithResponseStream",
    CLAUDE.replace("us.", "eu."),
  ],
  [`invoke/${CLAUDE}`, "InvokeModel", "InvokeModelWithResponseStream", CLAUDE],
  [
    `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${CLAUDE}`,
    "InvokeModel",
    "InvokeModelWithResponseStream",
  ],
  [MYTHOS, "MantleMessages", "MantleMessages"],
  ["mantle/anthropic.claude-opus-5", "MantleMessages", "MantleMessages", "anthropic.claude-opus-5"],
];

describe.each(WAYS)("%s", (model, operation, streamed, answered = model) => {
  it("is asked in Anthropic's own words, and answers under its own id", async () => {
    const client = clientOf(house.handler);
    const body = { model, max_tokens: 100, messages: [{ role: "user" as const, content: "Hello" }] };
    const whole = await client.messages.create(body);
    const final = await client.messages.stream(body).finalMessage();
    expect([whole.model, final.model]).toEqual([answered, answered]);
    expect(final.content).toMatchObject(whole.content);
    expect(final.usage.output_tokens).toBe(whole.usage.output_tokens);
    expect(operations()).toEqual([operation, streamed]);
  });

  it("thinks, calls tools and takes its own signed thoughts back", async () => {
    const client = clientOf(house.handler);
    const thinking =
      model.includes("4-5") || model.includes("abcdef")
        ? { type: "enabled" as const, budget_tokens: 1024 }
        : { type: "adaptive" as const };
    const question = { role: "user" as const, content: 'get_weather for "Oslo" please' };
    const body = { model, max_tokens: 2000, tools: [weather], thinking };
    const first = await client.messages.stream({ ...body, messages: [question] }).finalMessage();
    expect(first.content.map(({ type }) => type)).toEqual(["thinking", "tool_use"]);
    expect(first.stop_reason).toBe("tool_use");
    const call = first.content.at(-1) as Anthropic.ToolUseBlock;
    const result = { type: "tool_result" as const, tool_use_id: call.id, content: "3 degrees" };
    const second = await client.messages.create({
      ...body,
      messages: [
        question,
        { role: "assistant", content: first.content },
        { role: "user", content: [result] },
      ],
    });
    expect(JSON.stringify(second.content)).toContain("3 degrees");
    expect(operations()).toEqual([streamed, operation]);
  });
});

describe("a profile of the account's own", () => {
  it("is invoked by its ARN, where the operator says what is behind it", async () => {
    const handler = house.withOptions({ models: { mine: { model: CLAUDE, modelId: APPLICATION } } });
    expect((await asked({ model: "mine" }, handler)).status).toBe(200);
    expect(last().path).toBe(`/model/${encodeURIComponent(APPLICATION)}/invoke`);
  });
});

describe("what AWS gets", () => {
  const plain = {
    max_tokens: 2000,
    system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }],
    messages: [
      { role: "user", content: [{ type: "text", text: "Grüße 👋", cache_control: { type: "ephemeral" } }] },
      { role: "assistant", content: "Yes?" },
      { role: "user", content: "Go on" },
    ],
    tools: [{ ...weather, cache_control: { type: "ephemeral", ttl: "1h" } }],
    tool_choice: { type: "auto", disable_parallel_tool_use: true },
    stop_sequences: ["END"],
    top_k: 5,
    temperature: 0.5,
  };

  it("is the caller's JSON, but for what Bedrock is told beside it", async () => {
    const response = await asked({ ...plain, metadata: { user_id: "u1" }, service_tier: "auto" });
    expect([response.status, adjusted(response)]).toEqual([200, []]);
    expect(sent()).toEqual({ anthropic_version: "bedrock-2023-05-31", ...plain });
    expect(last().headers["x-amzn-bedrock-request-metadata"]).toBe('{"user":"u1"}');
  });

  it("is the betas that Bedrock knows, and the caller hears of the others", async () => {
    const headers = { "anthropic-beta": "claude-code-20250219,interleaved-thinking-2025-05-14" };
    const betas = ["context-1m-2025-08-07"];
    const response = await asked({ betas }, house.handler, { headers });
    expect([response.status, adjusted(response)]).toEqual([200, ["betas"]]);
    expect(sent()["anthropic_beta"]).toEqual(["interleaved-thinking-2025-05-14", "context-1m-2025-08-07"]);
    await asked({ model: MYTHOS, betas });
    expect(last().headers["anthropic-beta"]).toBe("context-1m-2025-08-07");
  });

  it("is Anthropic's own tools with the beta that they need", async () => {
    const tool = { type: "computer_20250124", name: "computer", display_width_px: 10, display_height_px: 10 };
    expect((await asked({ tools: [tool] })).status).toBe(200);
    expect(sent()).toMatchObject({ tools: [tool], anthropic_beta: ["computer-use-2025-01-24"] });
  });

  it("is what x-bedrock-explain shows, and nothing is sent for that", async () => {
    const headers = { "x-bedrock-explain": "1" };
    expect(await (await asked({ stream: true }, house.handler, { headers })).json()).toMatchObject({
      target: { model: CLAUDE, surface: "invoke" },
      request: {
        path: `/model/${encodeURIComponent(CLAUDE)}/invoke-with-response-stream`,
        body: { anthropic_version: "bedrock-2023-05-31", max_tokens: 100 },
      },
    });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("what AWS would refuse or cannot be told so is translated", () => {
  const says = (...content: object[]): Body => ({ messages: [{ role: "user", content }] });

  it.each<[string, Body]>([
    ["by a caller who names Converse", { model: `converse/${CLAUDE}` }],
    ["a guardrail", { guardrailConfig: { guardrailIdentifier: "abcdefghij", guardrailVersion: "1" } }],
    ["metadata of AWS's own", { requestMetadata: { team: "a" } }],
    ["a tier of AWS's", { service_tier: "flex" }],
    ["sampling that a model fixes", { model: NEW_CLAUDE, temperature: 0.5 }],
    ["two ways to sample, where a model takes one", { temperature: 0.5, top_p: 0.5 }],
    ["a budget that is too small", { thinking: { type: "enabled", budget_tokens: 10 } }],
    [
      "thinking of another generation",
      { model: NEW_CLAUDE, max_tokens: 2000, thinking: { type: "enabled", budget_tokens: 1024 } },
    ],
    ["thinking turned off where it cannot be", { model: NEW_CLAUDE, thinking: { type: "disabled" } }],
    [
      "a forced call where none can be forced",
      { model: NEW_CLAUDE, tools: [weather], tool_choice: { type: "any" } },
    ],
    ["a name that is none", { tools: [{ ...weather, name: "get weather" }] }],
    ["examples of a tool", { tools: [{ ...weather, input_examples: [{ city: "Oslo" }] }] }],
    ["a tool of Anthropic's own service", { tools: [{ type: "web_search_20250305", name: "web_search" }] }],
    ["a limit beyond the model's", { max_tokens: 1_000_000 }],
    ["marks for the cache everywhere", { cache_control: { type: "ephemeral" } }],
    ["text that says nothing", says({ type: "text", text: "Hi" }, { type: "text", text: " " })],
    [
      "thoughts that nobody signed",
      {
        messages: [
          { role: "user", content: "Hi" },
          {
            role: "assistant",
            content: [
              { type: "thinking", thinking: "Hm", signature: "" },
              { type: "text", text: "Yes?" },
            ],
          },
          { role: "user", content: "Go on" },
        ],
      },
    ],
    [
      "calls without their tools",
      {
        messages: [
          { role: "user", content: "Hi" },
          { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "get_weather", input: {} }] },
          { role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content: "3" }] },
        ],
      },
    ],
    ["a system prompt of nothing", { system: "" }],
    [
      "instructions in the middle",
      {
        messages: [
          { role: "system", content: "Be brief" },
          { role: "user", content: "Hi" },
        ],
      },
    ],
  ])("%s", async (_, body) => {
    const response = await asked(body);
    expect([response.status, operations()]).toEqual([200, ["Converse"]]);
  });

  it("and so is what AWS refused of a parameter only now, which is remembered", async () => {
    house.bedrock.enqueue({
      error: { name: "ValidationException", message: "context_management: Extra inputs are not permitted" },
    });
    const body = { context_management: { edits: [] } };
    for (let time = 0; time < 2; time += 1) expect((await asked(body)).status).toBe(200);
    expect((await asked({})).status).toBe(200);
    expect(operations()).toEqual(["InvokeModel", "Converse", "Converse", "InvokeModel"]);
  });

  it("and thoughts that Claude does not take back", async () => {
    const message = "messages.1.content.0: Invalid `signature` in `thinking` block";
    house.bedrock.enqueue({ error: { name: "ValidationException", message } });
    const thought = { type: "thinking", thinking: "Hm", signature: "c2lnbmVk" };
    const messages = [
      { role: "user", content: "Hi" },
      { role: "assistant", content: [thought, { type: "text", text: "Yes?" }] },
      { role: "user", content: "Go on" },
    ];
    await asked({ messages });
    expect(operations().slice(0, 2)).toEqual(["InvokeModel", "Converse"]);
  });

  it.each<[string, Body, RegExp]>([
    [
      "what is wrong itself",
      {
        messages: [{ role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content: "3" }] }],
        tools: [weather],
      },
      /tool_use_id/,
    ],
  ])("but not %s: that is refused", async (_, body, words) => {
    const response = await asked(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: "error",
      error: { type: "invalid_request_error", message: expect.stringMatching(words) },
    });
  });
});

describe("a stream", () => {
  const texts = (events: TypedEvent[]): string =>
    events.map(({ delta }) => (delta as { text?: string } | undefined)?.text ?? "").join("");

  it("is Claude's own, event for event, without what AWS measures", async () => {
    const text = await (await asked({ stream: true })).text();
    const events = typedEventsOf(text);
    expect([...new Set(events.map(({ type }) => type))]).toEqual([
      "message_start",
      "content_block_start",
      "ping",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(events[0]!["message"]).toMatchObject({ model: CLAUDE });
    expect(text).not.toContain("amazon-bedrock");
  });

  it.each<[string, string, object, string]>(
    [CLAUDE, MYTHOS].flatMap((model): [string, string, object, string][] => [
      ["ends too early", model, { kind: "end", afterEvents: 5 }, "api_error"],
      ["is cut within an event", model, { kind: "truncate", afterEvents: 5 }, "api_error"],
      ["loses its connection", model, { kind: "reset", afterEvents: 5 }, "api_error"],
      [
        "tells of a failure",
        model,
        { kind: "exception", afterEvents: 5, type: "throttlingException", message: "slow" },
        "rate_limit_error",
      ],
    ]),
  )("that %s ends in Anthropic's error, and is not tried again (%s)", async (_, model, fault, type) => {
    house.bedrock.enqueue({ content: [{ text: "one two three four" }], fault } as never);
    const patient = house.withOptions({ retries: 2 });
    const events = typedEventsOf(await (await asked({ model, stream: true }, patient)).text());
    expect(events.at(-1)).toMatchObject({ type: "error", error: { type, message: expect.any(String) } });
    expect(events.map((event) => event.type)).not.toContain("message_stop");
    expect(texts(events)).toContain("one");
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("that breaks off after any of its events is told as far as it came, and never as whole", async () => {
    house.bedrock.enqueue({ content: [{ text: "one two three four five six" }] });
    const whole = typedEventsOf(await (await asked({ stream: true })).text());
    for (let afterEvents = 4; afterEvents < whole.length; afterEvents += 3) {
      house.bedrock.enqueue({
        content: [{ text: "one two three four five six" }],
        fault: { kind: "end", afterEvents },
      });
      const events = typedEventsOf(await (await asked({ stream: true })).text());
      expect(events.slice(0, -1)).toHaveLength(afterEvents);
      expect(events.at(-1)!.type).toBe("error");
    }
  });

  it.each([CLAUDE, MYTHOS])("that fails before its first piece is an HTTP status (%s)", async (model) => {
    const fault = { kind: "exception", afterEvents: 1, type: "throttlingException", message: "slow" };
    house.bedrock.enqueue({ content: [{ text: "x" }], fault } as never);
    const response = await asked({ model, stream: true });
    expect([response.status, ((await response.json()) as { error: { type: string } }).error.type]).toEqual([
      429,
      "rate_limit_error",
    ]);
  });

  it("that fails before its first piece is tried again, and begins once", async () => {
    const fault = { kind: "exception", afterEvents: 1, type: "internalServerException", message: "oops" };
    house.bedrock.enqueue({ content: [{ text: "x" }], fault } as never);
    const text = await (await asked({ stream: true }, house.withOptions({ retries: 2 }))).text();
    expect(typedEventsOf(text).filter(({ type }) => type === "message_start")).toHaveLength(1);
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it("whose host keeps the line open after the last word is whole, and its line is not kept", async () => {
    const start = { type: "message_start", message: { id: "msg_1", content: [], usage: {} } };
    const piece = { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hi" } };
    const chunks = [start, piece, { type: "message_stop" }, { type: "ping" }];
    house.bedrock.enqueue({ chunks, fault: { kind: "stall", afterEvents: 3 } });
    const events = typedEventsOf(await (await asked({ stream: true })).text());
    expect(events.map(({ type }) => type)).toEqual(["message_start", "content_block_delta", "message_stop"]);
    await eventually(() => house.bedrock.openRequests === 0);
    expect(house.logged).toEqual([]);
  });

  it.each([false, true])("that its caller leaves is left by us (stream: %s)", async (stream) => {
    house.bedrock.enqueue(stream ? SLOW : { content: [{ text: "x" }], headersDelayMs: 60_000 });
    const caller = new AbortController();
    const answer = asked({ stream }, house.handler, { signal: caller.signal });
    if (stream) await (await answer).body!.getReader().read();
    setTimeout(() => caller.abort(), 20);
    await answer.catch(() => undefined);
    await expect(callerLeft(house)).resolves.toBeUndefined();
  });
});

it.each([
  [CLAUDE, false],
  [CLAUDE, true],
  [MYTHOS, true],
])("whoever watches hears what an answer cost (%s, stream: %s)", async (model, stream) => {
  const reports: Body[] = [];
  const watched = house.withOptions({ onUsage: (report) => void reports.push(report as unknown as Body) });
  await (await asked({ model, stream }, watched)).text();
  const converse = await asked({ model: `converse/${CLAUDE}`, stream }, watched);
  await converse.text();
  await eventually(() => reports.length === 2);
  const [native, translated] = reports.map(({ tokens }) => tokens as Record<string, number>);
  // Its own name is a part of what the other one says.
  if (model === CLAUDE) expect(native).toEqual(translated);
  expect([native!["input"], native!["output"]! > 1]).toEqual([translated!["input"], true]);
  expect(reports.map(({ target }) => (target as Body)["surface"])).toEqual([
    model === CLAUDE ? "invoke" : "openai",
    "converse",
  ]);
});

const { rawJSON } = JSON as { rawJSON?(text: string): unknown };

it.runIf(rawJSON)("long numbers of a tool's input keep their digits", async () => {
  const id = "12345678901234567890";
  const call = { type: "tool_use", id: "toolu_1", name: "get_weather", input: { id: rawJSON!(id) } };
  const message = { id: "msg_1", type: "message", role: "assistant", content: [call], usage: {} };
  house.bedrock.enqueue({ response: message } as never);
  expect(await (await asked({ tools: [weather] })).text()).toContain(`"id":${id}`);
});

it("a 200 that is no message is a failure of the server's", async () => {
  house.bedrock.enqueue({ response: {} });
  expect((await asked({})).status).toBe(502);
});
