import Anthropic from "@anthropic-ai/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Adjustment } from "../../../src/adjustments.ts";
import type { UsageEvent } from "../../../src/index.ts";
import { CLAUDE, eventually, type House, NEW_CLAUDE, NOVA, openHouse } from "../../support/bedrock.ts";
import { PNG } from "../../support/clients.ts";
import { messageRequest } from "../../support/requests.ts";

const PROFILE = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl";
const GPT_OSS = "openai.gpt-oss-120b-1:0";

type Body = Record<string, unknown>;

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const adjusted = (headers: Headers): string[] =>
  (JSON.parse(headers.get("x-bedrock-adjustments") ?? "[]") as Adjustment[]).map(({ param }) => param);
const operations = (): string[] => house.bedrock.requests.map(({ operation }) => operation);
const sent = (): Body => house.bedrock.requests.at(-1)!.body as Body;

const HEADERS = {
  authorization: "Bearer k",
  "x-app": "cli",
  "anthropic-dangerous-direct-browser-access": "true",
  "anthropic-beta":
    "claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27,prompt-caching-scope-2026-01-05",
};

const bash = {
  name: "Bash",
  description: "Runs a command",
  input_schema: {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: { command: { type: "string" }, timeout: { type: "number", exclusiveMinimum: 0 } },
    required: ["command"],
    additionalProperties: false,
  },
};
const call = { type: "tool_use", id: "toolu_1", name: "Bash", input: { command: "ls" } };
const ephemeral = { type: "ephemeral" };

/** What Claude Code sends of a second turn. */
const turn = {
  max_tokens: 32_000,
  system: [
    {
      type: "text",
      text: "You are Claude Code.",
      cache_control: { ...ephemeral, ttl: "1h", scope: "global" },
    },
  ],
  tools: [{ ...bash, eager_input_streaming: true }],
  metadata: { user_id: JSON.stringify({ device_id: "d".repeat(64), session_id: "5d9c24f0" }) },
  context_management: { edits: [{ type: "clear_thinking_20251015", keep: "all" }] },
  messages: [
    { role: "user", content: [{ type: "text", text: "What is here?" }] },
    { role: "assistant", content: [{ ...call, caller: { type: "direct" } }] },
    {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "a.txt", cache_control: ephemeral }],
    },
  ],
};

/** As Anthropic's client sends it for `beta.messages`: `POST /v1/messages?beta=true`. */
function client(): Anthropic {
  const handler = house.withOptions({ models: { mine: { model: NEW_CLAUDE, modelId: PROFILE } } });
  return new Anthropic({
    apiKey: "k",
    baseURL: "http://localhost",
    maxRetries: 0,
    timeout: 60_000,
    defaultHeaders: HEADERS,
    fetch: (url, init) => handler(new Request(url as string, init as RequestInit)),
  });
}

const asked = (model: string): Anthropic.Beta.MessageCreateParamsNonStreaming =>
  ({ model, ...turn }) as unknown as Anthropic.Beta.MessageCreateParamsNonStreaming;

describe("a turn of Claude Code", () => {
  it.each([
    [CLAUDE, "InvokeModelWithResponseStream"],
    [NEW_CLAUDE, "InvokeModelWithResponseStream"],
    ["mine", "InvokeModelWithResponseStream"],
    [`converse/${CLAUDE}`, "ConverseStream"],
    [NOVA, "ConverseStream"],
    [GPT_OSS, "ConverseStream"],
  ])("is answered by %s, and counted", async (model, operation) => {
    const { beta } = client();
    const message = await beta.messages.stream(asked(model)).finalMessage();
    expect([message.stop_reason, operations()]).toEqual(["end_turn", [operation]]);
    expect(JSON.stringify(message.content)).toContain("a.txt");
    const { max_tokens: _, metadata: __, ...counted } = asked(model);
    expect((await beta.messages.countTokens(counted)).input_tokens).toBeGreaterThan(10);
  });

  it("goes to Claude without what Bedrock would refuse it for, and nothing else is changed", async () => {
    const { response } = await client().beta.messages.create(asked(CLAUDE)).withResponse();
    expect(adjusted(response.headers).toSorted()).toEqual([
      "betas",
      "cache_control.scope",
      "metadata.user_id",
    ]);
    const [question, , result] = turn.messages;
    expect(sent()).toEqual({
      anthropic_version: "bedrock-2023-05-31",
      anthropic_beta: [
        "interleaved-thinking-2025-05-14",
        "context-management-2025-06-27",
        "fine-grained-tool-streaming-2025-05-14",
      ],
      max_tokens: 32_000,
      system: [{ type: "text", text: "You are Claude Code.", cache_control: { ...ephemeral, ttl: "1h" } }],
      tools: [bash],
      context_management: turn.context_management,
      messages: [question, { role: "assistant", content: [call] }, result],
    });
  });

  it("streams a tool's input as it is written on Converse too", async () => {
    const response = await house.handler(
      messageRequest({ model: `converse/${CLAUDE}`, tools: [{ ...bash, eager_input_streaming: true }] }),
    );
    expect([response.status, adjusted(response.headers)]).toEqual([200, []]);
    expect(sent()["additionalModelRequestFields"]).toEqual({
      anthropic_beta: ["fine-grained-tool-streaming-2025-05-14"],
    });
  });
});

it.each([false, true])(
  "what was cached for an hour costs the same on both ways (stream: %s)",
  async (stream) => {
    const reports: UsageEvent[] = [];
    const handler = house.withOptions({ onUsage: (report) => void reports.push(report) });
    const usage = {
      inputTokens: 5,
      outputTokens: 7,
      totalTokens: 19,
      cacheReadInputTokens: 3,
      cacheWriteInputTokens: 4,
      cacheDetails: [{ ttl: "1h" as const, inputTokens: 4 }],
    };
    for (const model of [CLAUDE, `converse/${CLAUDE}`]) {
      house.bedrock.enqueue({ content: [{ text: "Hi" }], usage });
      await (await handler(messageRequest({ model, stream }))).text();
    }
    await eventually(() => reports.length === 2);
    const [native, translated] = reports.map(({ tokens }) => tokens);
    expect(native).toEqual(translated);
    expect(native).toMatchObject({ input: 12, written: 4, writtenForAnHour: 4 });
  },
);

describe("what AWS refuses of Claude in its own words is translated at once", () => {
  const says = (...content: object[]): Body => ({ messages: [{ role: "user", content }] });
  const text = (words: string, more: object = {}): object => ({ type: "text", text: words, ...more });
  const history = turn.messages.slice(0, 2);

  it.each<[string, Body]>([
    [
      "a cache of an hour behind one of five minutes",
      says(
        text("a", { cache_control: ephemeral }),
        text("b", { cache_control: { ...ephemeral, ttl: "1h" } }),
      ),
    ],
    ["a member of a block that nobody knows", says(text("a", { index: 0 }))],
    ["a choice among no tools", { tools: [], tool_choice: { type: "auto" } }],
    [
      "a result that stands behind what the user says",
      {
        tools: [bash],
        messages: [
          ...history,
          { role: "user", content: [text("Look:"), { type: "tool_result", tool_use_id: "toolu_1" }] },
        ],
      },
    ],
  ])("%s", async (_, body) => {
    const response = await house.handler(messageRequest({ model: CLAUDE, ...body }));
    expect([response.status, operations()]).toEqual([200, ["Converse"]]);
  });

  it("and an image that is of another type than it says, which only AWS has looked at", async () => {
    const image = { type: "image", source: { type: "base64", media_type: "image/jpeg", data: PNG } };
    const response = await house.handler(messageRequest({ model: CLAUDE, ...says(text("a"), image) }));
    expect([response.status, operations()]).toEqual([200, ["InvokeModel", "Converse"]]);
    expect(adjusted(response.headers)).toEqual(["messages.0.content.1.source.data"]);
  });
});

it("tools of another API's kind are refused, and not left out", async () => {
  const tools = [{ type: "function", function: { name: "look" } }];
  const response = await house.handler(messageRequest({ model: CLAUDE, tools }));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { message: expect.stringMatching(/^tools\.0: Input tag 'function'/) },
  });
});
