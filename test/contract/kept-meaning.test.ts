import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ContentBlock, JsonObject } from "../../src/conversation/types.ts";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../src/testing/index.ts";
import type { AssistantReply, ChatCompletion } from "../../src/openai/chat-response.ts";
import { CLAUDE, GPT, type House, LLAMA, NOVA, openHouse } from "../support/bedrock.ts";
import { sent } from "../support/clients.ts";
import { point, thought, use } from "../support/conversations.ts";
import { foldChunks } from "../support/fold-chunks.ts";
import { chatRequest } from "../support/requests.ts";

/** What a caller says means the same to AWS, and what a model says the same to the caller. */

const NOVA_2 = "us.amazon.nova-2-lite-v1:0";
const REJECT = { unsupported: "reject" } as const;
const LONG = "1234567890123456789";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await house.bedrock.close();
});

interface Told {
  status: number;
  text: string;
  notes: { param: string; action: string }[];
}

async function ask(
  body: JsonObject,
  options: BedrockOpenAIOptions = {},
  headers: Record<string, string> = {},
): Promise<Told> {
  const response = await house.withOptions(options)(chatRequest({ model: CLAUDE, ...body }, { headers }));
  const notes = JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as Told["notes"];
  return { status: response.status, text: await response.text(), notes };
}

/** A request that AWS answers, as the caller is told. */
async function answered(body: JsonObject, options?: BedrockOpenAIOptions): Promise<Told> {
  const told = await ask(body, options);
  expect([told.status, told.text]).toEqual([200, expect.not.stringContaining('"error"')]);
  return told;
}

const errorOf = ({ text }: Told): unknown => (JSON.parse(text) as { error: unknown }).error;
/** The message of an answer, whole or streamed. */
const messageOf = ({ text }: Told): AssistantReply =>
  (text.startsWith("{") ? (JSON.parse(text) as ChatCompletion) : foldChunks(text)).choices[0]!.message;

const says =
  (role: string) =>
  (content: unknown = "q", more: JsonObject = {}): JsonObject => ({ role, content, ...more });
const user = says("user");
const assistant = says("assistant");
const text = (said: string): JsonObject => ({ type: "text", text: said });
const tool = { type: "function", function: { name: "f", parameters: { type: "object" } } };
const call = (args = "{}"): JsonObject => ({
  tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: args } }],
});
const result = { role: "tool", tool_call_id: "c", content: "x" };
const formatted = (schema?: JsonObject): JsonObject => ({
  response_format: { type: "json_schema", json_schema: { name: "x", ...(schema && { schema }) } },
});
const object = (properties: JsonObject): JsonObject => ({ type: "object", properties });

describe("a schema", () => {
  it.each<[string, JsonObject | undefined]>([
    ["that is not said", undefined],
    ["of any object", { type: "object" }],
    ["with a member of any keys", object({ meta: { type: "object", description: "any keys" } })],
    ["with members in a list", object({ a: { type: "array", items: { type: "object" } } })],
    ...["default", "enum", "const", "examples", "required"].map((name): [string, JsonObject] => [
      `with a map called ${name}`,
      object({ [name]: { type: "object", additionalProperties: { type: "string" } } }),
    ]),
  ])("%s is not closed: what cannot be compiled is asked for by a tool", async (_, schema) => {
    await answered(formatted(schema));
    expect(sent(house)).not.toHaveProperty("outputConfig");
    const [{ toolSpec } = {}] = sent(house).toolConfig!.tools;
    expect(toolSpec!.inputSchema.json).toMatchObject(schema ?? { type: "object" });
    expect(JSON.stringify(toolSpec)).not.toContain('"additionalProperties":false');
  });

  it.each([CLAUDE, NOVA, GPT])(
    "of a list is refused as OpenAI refuses it, not answered by {} (%s)",
    async (model) => {
      const told = await ask({ model, ...formatted({ type: "array", items: { type: "string" } }) });
      expect(told.status).toBe(400);
      expect(errorOf(told)).toMatchObject({ code: "invalid_json_schema", param: "response_format" });
      expect(house.bedrock.requests).toHaveLength(0);
    },
  );
});

describe("Anthropic's words in OpenAI's request", () => {
  const schema = object({ a: { type: "string" } });

  it.each([{ type: "custom" }, {}])("are a tool like any other: %j", async (more) => {
    await answered({ tools: [{ ...more, name: "f", input_schema: schema }] });
    expect(sent(house).toolConfig).toEqual({
      tools: [{ toolSpec: { name: "f", inputSchema: { json: schema } } }],
    });
  });

  it.each([
    [{ type: "tool", name: "f" }, { tool: { name: "f" } }],
    [{ type: "any" }, { any: {} }],
    [{ type: "auto" }, { auto: {} }],
    [{ type: "none" }, undefined],
  ])("are a choice: %j", async (choice, toolChoice) => {
    const { notes } = await answered({ tools: [tool], tool_choice: choice });
    expect([sent(house).toolConfig?.toolChoice, notes]).toEqual([toolChoice, []]);
  });

  it.each(["required", { type: "any" }])(
    "that demand a tool where none is offered are named: %j",
    async (choice) => {
      const { notes } = await answered({ tool_choice: choice });
      expect(sent(house).toolConfig).toBeUndefined();
      expect(notes).toEqual([expect.objectContaining({ param: "tool_choice", action: "dropped" })]);
    },
  );

  it("are a call and its result", async () => {
    const content = [
      { type: "output_text", text: "t" },
      { type: "tool_use", id: "c", name: "f", input: { a: 1 } },
    ];
    const results = [{ type: "tool_result", tool_use_id: "c", content: "x", is_error: true }, text("go")];
    const messages = [user(), assistant(content), user(results)];
    const { notes } = await answered({ tools: [tool], messages });
    const toolResult = { toolUseId: "c", content: [{ text: "x" }], status: "error" };
    expect(sent(house).messages.slice(1)).toEqual([
      { role: "assistant", content: [{ text: "t" }, use("c", "f", { a: 1 })] },
      { role: "user", content: [{ toolResult }, { text: "go" }] },
    ]);
    expect(notes).toEqual([]);
  });
});

describe("a whole number beyond what JavaScript counts", () => {
  const input = `{"id":${LONG}}`;
  const tools = [tool];
  const history = [user(), assistant(null, call(input)), result];
  const called = { tool_calls: [{ function: { arguments: input } }] };

  it("is exact in a whole answer", async () => {
    const message = `{"role":"assistant","content":[{"toolUse":{"toolUseId":"t","name":"f","input":${input}}}]}`;
    const body = `{"output":{"message":${message}},"stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":1}}`;
    house.bedrock.enqueue({ bytes: [new TextEncoder().encode(body)] });
    expect(messageOf(await answered({ tools }))).toMatchObject(called);
  });

  it("is exact in a stream", async () => {
    const at = { contentBlockIndex: 0 };
    house.bedrock.enqueue({
      events: [
        { messageStart: { role: "assistant" } },
        { contentBlockStart: { ...at, start: { toolUse: { toolUseId: "t", name: "f" } } } },
        { contentBlockDelta: { ...at, delta: { toolUse: { input } } } },
        { contentBlockStop: at },
        { messageStop: { stopReason: "tool_use" } },
      ],
    });
    expect(messageOf(await answered({ tools, stream: true }))).toMatchObject(called);
  });

  it.each([CLAUDE, NOVA, LLAMA])("is exact in what %s is sent, and in what is shown of it", async (model) => {
    const { text } = await ask({ model, tools, messages: history }, {}, { "x-bedrock-explain": "1" });
    expect(text).toContain(`"input":${input}`);
    const client = new BedrockRuntimeClient({
      endpoint: house.bedrock.url,
      region: "us-east-1",
      credentials: EMULATOR_CREDENTIALS,
    });
    let wire = "";
    client.middlewareStack.add(
      (next) => (args) => {
        wire = new TextDecoder().decode((args.request as { body: Uint8Array }).body);
        return next(args);
      },
      { step: "finalizeRequest" },
    );
    await answered({ model, tools, messages: history }, { client });
    expect(wire).toContain(`"input":${input}`);
  });
});

describe("what a model thought", () => {
  it("stays where it stood between words", async () => {
    const thinking = (said: string): JsonObject => ({ type: "thinking", thinking: said, signature: "c2ln" });
    const content = [thinking("r1"), text("t1"), thinking("r2")];
    await answered({ tools: [tool], messages: [user(), assistant(content, call()), result] });
    expect(sent(house).messages[1]!.content).toEqual([
      thought("r1", "c2ln"),
      { text: "t1" },
      thought("r2", "c2ln"),
      use("c"),
    ]);
  });

  it.each([CLAUDE, GPT])("for another provider, in its alphabet, is left out (%s)", async (model) => {
    const reasoning_details = ["gAAAA_-bad", "abc"].map((data) => ({ type: "reasoning.encrypted", data }));
    await answered({ model, messages: [user(), assistant("a", { reasoning_details }), user()] });
    expect(sent(house).messages[1]!.content).toEqual([{ text: "a" }]);
  });

  it("that a client has lost is no reason to refuse its agent loop", async () => {
    const messages = [user(), assistant(null, call()), result];
    const request = { messages, tools: [tool], reasoning_effort: "low", max_tokens: 4000 };
    expect((await answered(request, REJECT)).status).toBe(200);
  });
});

describe("a beginning in the caller's own words is continued in the model's", () => {
  it.each([
    ["{", '"a": {"b": 1}, "c": 2}'],
    ['{"items":[', '{"b": 1}, {"b": 2}]}'],
  ])("%s", async (beginning, rest) => {
    const messages = [user(), assistant(beginning)];
    const request = { messages, response_format: { type: "json_object" } };
    house.bedrock.enqueue({ content: [{ text: rest }] }, { content: [{ text: rest }] });
    expect(messageOf(await answered(request)).content).toBe(rest);
    expect(messageOf(await answered({ ...request, stream: true })).content).toBe(rest);
  });
});

describe("a place in the messages is the caller's count", () => {
  const messages = [{ role: "system", content: "s" }, user("a"), assistant("b"), user("c")];

  it.each([
    [0, "s"],
    [1, "a"],
    [2, "b"],
    [3, "c"],
    [-1, "c"],
    [-4, "s"],
  ])("index %i of cache_control_injection_points marks %j alone", async (index, text) => {
    await answered({ messages, cache_control_injection_points: [{ location: "message", index }] });
    const { system, messages: turns } = sent(house);
    const marked = [{ content: system! }, ...turns].map(({ content }) => content as ContentBlock[]);
    expect(marked.filter((content) => content.length > 1)).toEqual([[{ text }, point()]]);
  });
});

describe("a parameter that says nothing special is no mistake", () => {
  it.each<[string, JsonObject]>([
    ["no limit on k, as vLLM says it", { top_k: -1 }],
    ["no thinking, with no budget", { thinking: { type: "disabled", budget_tokens: 0 } }],
    ["the default effort", { reasoning_effort: "default" }],
    ["no bias", { logit_bias: {} }],
  ])("%s", async (_, members) => {
    const { notes } = await answered(members, REJECT);
    expect(notes).toEqual([]);
    expect(Object.keys(sent(house))).toEqual(["messages"]);
  });

  it("a user with punctuation is one, also for who wants nothing changed", async () => {
    await answered({ user: "a|b" }, REJECT);
    expect(sent(house).requestMetadata).toEqual({ user: "a_b" });
  });

  it("functions of old are one call at a time by themselves", async () => {
    expect((await answered({ model: NOVA, functions: [{ name: "f" }] }, REJECT)).notes).toEqual([]);
  });

  it.each([LLAMA, NOVA, CLAUDE])("the operator's cache is not the caller's affair (%s)", async (model) => {
    for (const unsupported of ["reject", "adjust"] as const) {
      const { notes } = await answered({ model, tools: [tool] }, { promptCache: "auto", unsupported });
      expect(notes).toEqual([]);
    }
  });
});

describe("a budget above what the model can write", () => {
  it.each([
    [CLAUDE, 63_000],
    [CLAUDE, 64_000],
    [CLAUDE, 1_000_000],
    ["us.anthropic.claude-opus-4-1-20250805-v1:0", 30_000],
  ])("%s thinks with %i as far as it can, and answers", async (model, budget_tokens) => {
    await answered({ model, thinking: { type: "enabled", budget_tokens } });
    expect(house.bedrock.requests).toHaveLength(1);
  });
});

describe("a file", () => {
  it.each([
    ["data:image/png;base64,iVBORw0KGgo%3D", "iVBORw0KGgo="],
    ["data:image/png;base64,iVBORw0KGgo=#top", "iVBORw0KGgo="],
    ["data:image/png;base64,iVBORw0KGgoA%2B%2F8%3D", "iVBORw0KGgoA+/8="],
  ])("in a data URL as URLs are written is read: %s", async (url, bytes) => {
    await answered({ messages: [user([{ type: "image_url", image_url: { url } }])] });
    expect(JSON.stringify(sent(house))).toContain(`"bytes":"${bytes}"`);
  });

  it("of text with half a character is text", async () => {
    const source = { type: "text", data: "a\ud800b" };
    await answered({ messages: [user([text("q"), { type: "document", source }])] });
    expect(JSON.stringify(sent(house))).toContain(`"bytes":"${Buffer.from("a\ufffdb").toString("base64")}"`);
  });
});

describe("what cannot be said is told of", () => {
  it("names of participants", async () => {
    const messages = [user("tea", { name: "Ann" }), user("milk", { name: "Bob" })];
    const { notes } = await answered({ messages });
    expect(notes).toMatchObject([{ param: "messages", action: "dropped" }]);
  });

  it("who asked, where 16 pairs leave no room", async () => {
    const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, "v"]));
    const { notes } = await answered({ user: "u", metadata });
    expect(notes).toMatchObject([{ param: "user", action: "dropped" }]);
  });
});

describe("a search", () => {
  it("is made although no tool of the caller's may be called", async () => {
    await answered({ model: NOVA_2, tools: [tool], web_search_options: {}, tool_choice: "none" });
    expect(sent(house).toolConfig).toEqual({ tools: [{ systemTool: { name: "nova_grounding" } }] });
  });

  it("is refused where there is none, although no tool may be called", async () => {
    const told = await ask({ web_search_options: {}, tool_choice: "none" });
    expect([told.status, errorOf(told)]).toMatchObject([400, { param: "web_search_options" }]);
  });
});

describe("a refusal that comes after the status line", () => {
  const { setTimeout: later } = globalThis;

  it("is learned from where nothing had been told yet", async () => {
    // The grace before the status line is over at once; everything else takes its time.
    const hasty = (run: () => void, ms?: number): NodeJS.Timeout => later(run, ms === 5_000 ? 0 : ms);
    vi.spyOn(globalThis, "setTimeout").mockImplementation(hasty as typeof setTimeout);
    const message = "This model doesn't support system messages. Try again without a system message.";
    house.bedrock.enqueue({ error: { name: "ValidationException", message }, headersDelayMs: 100 });
    const messages = [{ role: "system", content: "s" }, user()];
    const told = await answered({ model: LLAMA, messages, tools: [tool], stream: true });
    expect(messageOf(told)).toBeDefined();
    expect(house.bedrock.requests.map(({ status }) => status)).toEqual([400, 200]);
  });
});
