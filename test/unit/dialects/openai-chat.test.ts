import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openaiChat, openaiReasoningChat } from "../../../src/dialects/openai-chat.ts";
import type { ContentBlock, JsonObject } from "../../../src/conversation/types.ts";
import {
  asks,
  assistant,
  audio,
  document,
  effort,
  fields,
  image,
  offers,
  point,
  redacted,
  result,
  says,
  system,
  textFormat,
  thought,
  tool,
  use,
  user,
} from "../../support/conversations.ts";
import { bodyFor, fitFor, messagesFor } from "./body-of.ts";
import { foldChunks, readAll } from "./fold-events.ts";

const QWEN = "qwen.qwen3-32b-v1:0";
const VISION = "qwen.qwen3-vl-235b-a22b";
const GPT = "openai.gpt-6-sol";

const body = bodyFor(openaiChat, QWEN);
const messages = messagesFor(openaiChat, QWEN);
const gpt = bodyFor(openaiReasoningChat, GPT);

const call = (id: string, name: string, text: string): JsonObject => ({
  id,
  type: "function",
  function: { name, arguments: text },
});

describe("a conversation as a Chat Completions request", () => {
  it("is one question, and nothing that nobody asked for", () => {
    expect(body(asks())).toEqual({ messages: [{ role: "user", content: "q" }] });
  });

  it("keeps zeros: they are not nothing", () => {
    const inferenceConfig = { maxTokens: 1, temperature: 0, topP: 0, stopSequences: ["END"] };
    expect(body(asks({ inferenceConfig, ...fields({ seed: 0, top_k: 0 }) }))).toEqual({
      messages: [{ role: "user", content: "q" }],
      max_tokens: 1,
      temperature: 0,
      top_p: 0,
      stop: ["END"],
      seed: 0,
      top_k: 0,
    });
  });

  it("has one system message, which templates expect at the beginning", () => {
    expect(messages({ ...asks(), ...system("a", "b") })).toEqual([
      { role: "system", content: "a\n\nb" },
      { role: "user", content: "q" },
    ]);
  });

  it("tells the turns in their order, as plain text", () => {
    expect(messages(says(user("1"), assistant("2"), user("3", "4")))).toEqual([
      { role: "user", content: "1" },
      { role: "assistant", content: "2" },
      { role: "user", content: "3\n\n4" },
    ]);
  });

  it("shows images as data URLs, between the words where they stood, their bytes untouched", () => {
    const token = "iVBORw0KGgo\u0000lifted:0";
    const picture = image("png", { bytes: token });
    expect(messagesFor(openaiChat, VISION)(says(user("look:", picture, "well?")))).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "look:" },
          { type: "image_url", image_url: { url: `data:image/png;base64,${token}` } },
          { type: "text", text: "well?" },
        ],
      },
    ]);
  });

  it("lets audio be heard", () => {
    expect(messagesFor(openaiChat, "mistral.voxtral-small-24b-2507")(says(user("q", audio())))).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "q" },
          { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
        ],
      },
    ]);
  });

  it("quotes a document that came as text, and refuses one that is a file", () => {
    const text = { document: { name: "notes", format: "txt" as const, source: { text: "hi" } } };
    expect(messages(says(user(text, "q")))).toEqual([{ role: "user", content: "notes:\n\nhi\n\nq" }]);
    expect(() => messages(says(user(document("d", "pdf"), "q")))).toThrow(
      expect.objectContaining({ status: 400, code: "unsupported_file", param: "messages" }),
    );
  });

  it("forgets no guarded text", () => {
    const guarded: ContentBlock = { guardContent: { text: { text: "secret" } } };
    expect(messages(says(user("q", guarded)))).toEqual([{ role: "user", content: "q\n\nsecret" }]);
  });

  it("leaves out what the body has no words for: reasoning and cache points", () => {
    const told = says(user("q", point()), assistant(thought("hm", "sig"), redacted("QUI="), "a"), user("r"));
    const { conversation, adjustments } = fitFor(openaiReasoningChat, GPT, told);
    expect(openaiReasoningChat.toBody(conversation, false)["messages"]).toEqual([
      { role: "user", content: "q" },
      { role: "assistant", content: "a" },
      { role: "user", content: "r" },
    ]);
    expect(adjustments.map(({ param }) => param)).toEqual(["messages", "cache_control"]);
  });
});

describe("tools in a Chat Completions request", () => {
  const schema = { type: "object", properties: { a: { type: "string" } } };

  it("are functions, with what is known of them and no more", () => {
    const toolConfig = { tools: [tool("f", schema, { description: "d" }), tool("g")] };
    expect(body(asks({ toolConfig }))["tools"]).toEqual([
      { type: "function", function: { name: "f", description: "d", parameters: schema } },
      { type: "function", function: { name: "g", parameters: { type: "object" } } },
    ]);
  });

  it("stay strict where the model compiles them", () => {
    const toolConfig = { tools: [tool("f", schema, { strict: true })] };
    expect(body(asks({ toolConfig }))["tools"]).toMatchObject([
      { function: { strict: true, parameters: { additionalProperties: false } } },
    ]);
  });

  it.each([
    [{ auto: {} }, "auto"],
    [{ any: {} }, "required"],
    [{ tool: { name: "f" } }, { type: "function", function: { name: "f" } }],
  ])("are chosen in OpenAI's words: %j", (toolChoice, expected) => {
    const { toolConfig } = offers("f", "g");
    expect(body(asks({ toolConfig: { ...toolConfig!, toolChoice } }))["tool_choice"]).toEqual(expected);
  });

  it.each([
    [undefined, undefined],
    [{ any: {} }, "required"],
    [{ tool: { name: "f" } }, { type: "function", function: { name: "f" } }],
  ])(
    "are called one at a time when that is asked, and the choice is not lost: %j",
    (toolChoice, expected) => {
      const { toolConfig } = offers("f", "g");
      const asked = asks({
        toolConfig: { ...toolConfig!, ...(toolChoice && { toolChoice }) },
        ...fields({ tool_choice: { type: "auto", disable_parallel_tool_use: true } }),
      });
      const { parallel_tool_calls: parallel, tool_choice: choice } = body(asked);
      expect([parallel, choice]).toEqual([false, expected]);
    },
  );

  it("were called together and answered together: one message for each result, in their order", () => {
    const told = says(
      user("q"),
      assistant("let me see", use("a", "f", { x: 1 }), use("b", "g")),
      user(result("b", "B"), result("a", { json: { n: 1 } }, "A"), "and?"),
    );
    expect(messages({ ...told, ...offers("f", "g") })).toEqual([
      { role: "user", content: "q" },
      {
        role: "assistant",
        content: "let me see",
        tool_calls: [call("a", "f", '{"x":1}'), call("b", "g", "{}")],
      },
      { role: "tool", tool_call_id: "b", content: "B" },
      { role: "tool", tool_call_id: "a", content: '{"n":1}\nA' },
      { role: "user", content: "and?" },
    ]);
  });

  it("were called without a word: the content is null, as OpenAI has it", () => {
    const told = says(user("q"), assistant(use("a")), user(result("a")));
    expect(messages({ ...told, ...offers("f") })).toMatchObject([
      {},
      { role: "assistant", content: null },
      { role: "tool" },
    ]);
  });

  it("returned an image: it stands in the user's words, after all results", () => {
    const told = says(user("q"), assistant(use("a"), use("b")), user(result("a", image()), result("b")));
    const sent = messagesFor(openaiChat, VISION)({ ...told, ...offers("f") }) as JsonObject[];
    expect(sent.map(({ role }) => role)).toEqual(["user", "assistant", "tool", "tool", "user"]);
  });
});

describe("what a Chat Completions request holds an answer to", () => {
  it("is a schema, closed for the compiler, under the caller's name", () => {
    const schema = { type: "object", properties: { a: { type: "number" } } };
    const outputConfig = { textFormat: textFormat(schema, "answer", "d") };
    expect(body(asks({ outputConfig }))["response_format"]).toEqual({
      type: "json_schema",
      json_schema: {
        name: "answer",
        description: "d",
        schema: { ...schema, additionalProperties: false },
        strict: true,
      },
    });
    expect(body(asks({ outputConfig: { textFormat: textFormat(schema) } }))["response_format"]).toMatchObject(
      {
        json_schema: { name: "response" },
      },
    );
  });

  it("is an effort, under one name for every family", () => {
    const oss = bodyFor(openaiChat, "openai.gpt-oss-120b-1:0");
    expect(oss({ ...asks(), ...effort("low") })).toMatchObject({ reasoning_effort: "low" });
    const sent = gpt({ ...asks(), ...effort("none") });
    expect(sent).toMatchObject({ reasoning_effort: "none" });
    expect(sent).not.toHaveProperty("reasoning");
  });

  it("is a limit, under the name that the family takes", () => {
    const limited = asks({ inferenceConfig: { maxTokens: 7 } });
    expect(body(limited)).toMatchObject({ max_tokens: 7 });
    expect(gpt(limited)).toEqual({ messages: [{ role: "user", content: "q" }], max_completion_tokens: 7 });
  });

  it("is what the caller says in the model's own words, beside what was fitted", () => {
    const sent = body({ ...asks(), ...offers("f"), ...fields({ min_p: 0, tools: [{ type: "own" }] }) });
    expect(sent).toMatchObject({ min_p: 0, tools: [{ function: { name: "f" } }, { type: "own" }] });
  });

  it("is counted also in a stream", () => {
    expect(body(asks(), true)).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(body(asks())).not.toHaveProperty("stream");
  });
});

const completion = (message: JsonObject, finish_reason: string | null = "stop", more: JsonObject = {}) => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason }],
  ...more,
});

describe("a chat completion", () => {
  it("says, thinks and calls", () => {
    const message = {
      content: "hi",
      reasoning_content: "hm",
      tool_calls: [call("a", "f", '{"x":12345678901234567890}'), call("b", "g", "")],
    };
    const answer = openaiChat.toAnswer(completion(message, "tool_calls"));
    expect(answer?.content.slice(0, 2)).toEqual([thought("hm"), { text: "hi" }]);
    expect(JSON.stringify(answer?.content.slice(2))).toContain('"x":1234567890123456');
    expect(answer).toMatchObject({ stopReason: "tool_use", content: [{}, {}, {}, use("b", "g")] });
  });

  it.each([
    ["stop", "end_turn"],
    ["length", "max_tokens"],
    ["tool_calls", "tool_use"],
    ["function_call", "tool_use"],
    ["content_filter", "content_filtered"],
    [null, "end_turn"],
  ])("that ends with %s ends with %s", (reason, stopReason) => {
    expect(openaiChat.toAnswer(completion({ content: "hi" }, reason))).toEqual({
      content: [{ text: "hi" }],
      stopReason,
    });
  });

  it("that stops after a forced call wants the tool to be called", () => {
    const answer = openaiChat.toAnswer(completion({ content: null, tool_calls: [call("a", "f", "{}")] }));
    expect(answer).toEqual({ content: [use("a")], stopReason: "tool_use" });
  });

  it.each(["", "{", "[1]", "null", '"text"'])("may call with broken arguments: %j", (text) => {
    const answer = openaiChat.toAnswer(completion({ tool_calls: [call("a", "f", text)] }));
    expect(answer?.content).toEqual([use("a")]);
  });

  it.each(["reasoning", "think"])("may begin with its thoughts in a <%s> tag, and nowhere else", (tag) => {
    const content = `<${tag}>\nhm\n</${tag}>\n\nhi <${tag}>no</${tag}>`;
    const answer = openaiChat.toAnswer(completion({ content }));
    expect(answer?.content).toEqual([thought("hm\n"), { text: `hi <${tag}>no</${tag}>` }]);
  });

  it("may call its thoughts `reasoning`", () => {
    const answer = openaiChat.toAnswer(completion({ content: "hi", reasoning: "hm" }));
    expect(answer?.content).toEqual([thought("hm"), { text: "hi" }]);
  });

  it("counts cached tokens among those of the prompt; Converse does not", () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 5,
      total_tokens: 105,
      prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 30 },
    };
    expect(openaiChat.toAnswer(completion({ content: "hi" }, "stop", { usage }))?.usage).toEqual({
      inputTokens: 10,
      outputTokens: 5,
      totalTokens: 105,
      cacheReadInputTokens: 60,
      cacheWriteInputTokens: 30,
    });
  });

  it.each([{}, { choices: [] }, { choices: null }, { choices: [{}] }, { error: { message: "no" } }])(
    "is not what has no message: %j",
    (other) => {
      expect(openaiChat.toAnswer(other)).toBeUndefined();
    },
  );
});

const chunk = (delta: JsonObject, finish_reason: string | null = null): JsonObject => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason }],
  usage: null,
});

const part = (index: number, id?: string, name?: string, text?: string): JsonObject => ({
  index,
  ...(id !== undefined && { id, type: "function" }),
  function: { ...(name !== undefined && { name }), ...(text !== undefined && { arguments: text }) },
});

const COUNTED = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const USAGE = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };

describe("chunks of a chat completion", () => {
  it("are events as ConverseStream sends them", () => {
    const chunks = [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "hi" }),
      chunk({ tool_calls: [part(0, "a", "f", "")] }),
      chunk({ tool_calls: [part(0, undefined, undefined, "{}")] }),
      chunk({}, "tool_calls"),
      { choices: [], usage: COUNTED },
    ];
    expect(readAll(openaiChat, chunks)).toEqual([
      { messageStart: { role: "assistant" } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "hi" } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { toolUseId: "a", name: "f" } } } },
      { contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input: "{}" } } } },
      { contentBlockStop: { contentBlockIndex: 1 } },
      { messageStop: { stopReason: "tool_use" } },
      { metadata: { usage: USAGE } },
    ]);
  });

  it("may have no choices, which says nothing", () => {
    const chunks = [
      {},
      { choices: [] },
      { choices: null },
      chunk({ content: "hi" }, "stop"),
      { usage: COUNTED },
    ];
    expect(foldChunks(openaiChat, chunks)).toEqual({
      content: [{ text: "hi" }],
      stopReason: "end_turn",
      usage: USAGE,
    });
  });

  it("tell of several calls between one another", () => {
    const chunks = [
      chunk({ tool_calls: [part(0, "a", "f", '{"x"'), part(1, "b", "g", "")] }),
      chunk({ tool_calls: [part(1, undefined, undefined, '{"y":2}')] }),
      chunk({ tool_calls: [part(0, undefined, undefined, ":1}")] }),
      chunk({}, "tool_calls"),
    ];
    expect(foldChunks(openaiChat, chunks).content).toEqual([
      use("a", "f", { x: 1 }),
      use("b", "g", { y: 2 }),
    ]);
  });

  it("may repeat the id of a call, or not number calls at all", () => {
    const whole = (id: string): JsonObject => ({ id, function: { name: "f", arguments: "{}" } });
    const chunks = [
      chunk({ tool_calls: [part(0, "a", "f", "{")] }),
      chunk({ tool_calls: [part(0, "a", "f", "}")] }),
      chunk({ tool_calls: [whole("b")] }),
      chunk({ tool_calls: [whole("c")] }, "tool_calls"),
    ];
    expect(foldChunks(openaiChat, chunks).content).toEqual([use("a"), use("b"), use("c")]);
  });

  it("may call without an id: it gets one", () => {
    const chunks = [
      chunk({ tool_calls: [part(0, undefined, "f", "{"), part(1, undefined, "g")] }),
      chunk({ tool_calls: [part(0, undefined, undefined, "}")] }, "tool_calls"),
    ];
    expect(foldChunks(openaiChat, chunks).content).toEqual([use("call_0", "f"), use("call_1", "g")]);
  });

  it("that end after what looked like a tag keep it, before the call", () => {
    const chunks = [chunk({ content: "<thi" }), chunk({ tool_calls: [part(0, "a", "f", "{}")] }, "stop")];
    expect(foldChunks(openaiChat, chunks)).toMatchObject({
      content: [{ text: "<thi" }, use("a")],
      stopReason: "tool_use",
    });
  });

  it("never say the end when it did not come", () => {
    const events = readAll(openaiChat, [chunk({ content: "hi" })]);
    expect(events.some((event) => event.messageStop)).toBe(false);
  });

  it.each([
    [{ type: "rate_limit_error", message: "slow down" }, "ThrottlingException"],
    [{ type: "server_error", code: "service_unavailable", message: "later" }, "ServiceUnavailableException"],
    [{ type: "invalid_request_error", message: "no" }, "ValidationException"],
    [{ type: "BadRequestError", code: 400, message: "no" }, "ValidationException"],
    [{ message: "oh" }, "InternalServerException"],
  ])("that report a failure throw it under AWS's name: %j", (error, name) => {
    const failing = () => readAll(openaiChat, [chunk({ content: "hi" }), { error }]);
    expect(failing).toThrow(expect.objectContaining({ name, message: error.message }));
  });

  it("fold to the whole answer, wherever they are cut", () => {
    const cuts = (text: string) =>
      fc.array(fc.nat(text.length), { maxLength: 6 }).map((at) => {
        const places = [0, ...at.toSorted((a, b) => a - b), text.length];
        return places.slice(1).map((end, index) => text.slice(places[index], end));
      });
    const text = fc.constantFrom(
      "",
      "hi",
      "<think>a</think>\n\nb",
      "<reasoning>a</reasoning>b",
      " <thin> b ",
      "\n",
    );
    const answer = fc.record({
      content: text,
      reasoning_content: fc.constantFrom("", "hm, hm"),
      calls: fc.array(fc.constantFrom("", "{}", '{"a":[1,{"b":"}"}]}'), { maxLength: 3 }),
    });
    const property = fc.property(
      answer.chain((whole) =>
        fc.record({
          whole: fc.constant(whole),
          content: cuts(whole.content),
          reasoning: cuts(whole.reasoning_content),
          calls: fc.tuple(...whole.calls.map(cuts)),
        }),
      ),
      ({ whole, content, reasoning, calls }) => {
        const tool_calls = whole.calls.map((text, index) => call(`id${index}`, "f", text));
        const chunks = [
          ...reasoning.map((reasoning_content) => chunk({ reasoning_content })),
          ...content.map((piece) => chunk({ content: piece })),
          ...calls.flatMap((pieces, index) => [
            chunk({ tool_calls: [part(index, `id${index}`, "f", "")] }),
            ...pieces.map((piece) => chunk({ tool_calls: [part(index, undefined, undefined, piece)] })),
          ]),
          chunk({}, "stop"),
          { choices: [], usage: COUNTED },
        ];
        const { calls: _, ...message } = whole;
        const finished = completion({ ...message, tool_calls }, "stop", { usage: COUNTED });
        expect(foldChunks(openaiChat, chunks)).toEqual(openaiChat.toAnswer(finished));
      },
    );
    fc.assert(property);
  });
});
