import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContentBlock, JsonObject } from "../../src/conversation/types.ts";
import type { ChatCompletion } from "../../src/openai/chat-response.ts";
import type { AnswerReply } from "../../src/testing/index.ts";
import { CLAUDE, GPT, type House, LLAMA, NEW_CLAUDE, NOVA, openHouse } from "../support/bedrock.ts";
import { redacted, thought, use } from "../support/conversations.ts";
import { bareChunks, type FoldedAnswer, foldChunks } from "../support/fold-chunks.ts";
import { chatRequest } from "../support/requests.ts";

/** Whoever streams is told what everybody else is told. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

async function answerTo(body: JsonObject, replies: AnswerReply[]): Promise<string> {
  house.bedrock.enqueue(...replies);
  const response = await house.handler(chatRequest(body));
  const told = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${told}`);
  return told;
}

/** The parts of a whole answer that a stream has too. */
function whole(json: string): FoldedAnswer {
  const { choices, usage, trace, additionalModelResponseFields: fields } = JSON.parse(json) as ChatCompletion;
  return {
    choices,
    usage,
    ...(trace && { trace }),
    ...(fields !== undefined && { additionalModelResponseFields: fields }),
  };
}

type Row = [
  danger: string,
  request: JsonObject,
  answer: ContentBlock[] | AnswerReply,
  /** The text, or what of the message is not as usual. */
  says: string | JsonObject,
  finish?: string,
];

const fn = (name: string): JsonObject => ({ name, parameters: { type: "object" } });
const tools = (...names: string[]): JsonObject => ({
  tools: names.map((name) => ({ type: "function", function: fn(name) })),
});
const custom = (name: string): JsonObject => ({ type: "custom", custom: { name } });
const call = (id: string, name: string, args = "{}"): object => ({
  id,
  type: "function",
  function: { name, arguments: args },
});
const free = (id: string, name: string, input: string): object => ({
  id,
  type: "custom",
  custom: { name, input },
});
const calls = (...tool_calls: object[]): JsonObject => ({ content: null, tool_calls });
const text = (...said: string[]): ContentBlock[] => said.map((each) => ({ text: each }));
const cut = (...content: ContentBlock[]): AnswerReply => ({ content, stopReason: "max_tokens" });
const ARGS = { a: "1" };
const JSON_ARGS = '{"a":"1"}';

/** A schema that no model compiles: it is asked for by a hidden tool, or in words. */
const open = { type: "object", properties: {}, additionalProperties: { type: "string" } };
const format = { type: "json_schema", json_schema: { name: "ans", schema: open } };
const HIDDEN = { model: NOVA, response_format: format };
const WORDED = { model: NEW_CLAUDE, response_format: format };
const JSON_OBJECT = { response_format: { type: "json_object" } };
const guarded = (trace: string): JsonObject => ({
  guardrailConfig: { guardrailIdentifier: "abc", guardrailVersion: "1", trace },
});

const cited = (said: string): ContentBlock => ({
  citationsContent: {
    content: [{ text: said }],
    citations: [{ title: "T", location: { web: { url: "http://u", domain: "d" } } }],
  },
});
const citation = (start: number, end: number): object => ({
  type: "url_citation",
  url_citation: { start_index: start, end_index: end, title: "T", url: "http://u" },
});
const thinks = (reasoning: string, ...thinking_blocks: object[]): JsonObject => ({
  reasoning,
  reasoning_content: reasoning,
  thinking_blocks: thinking_blocks.length > 0 ? thinking_blocks : undefined,
});
const signed = (thinking: string): object => ({ type: "thinking", thinking, signature: "c2ln" });
const REDACTED = { type: "redacted_thinking", data: "cmVk" };
const THOUGHT = thought("hm", "c2ln");

const TEXT: Row[] = [
  ["two blocks of text", {}, text("a", "b"), "ab"],
  ["nothing", {}, [], ""],
  ["a text cut short", {}, cut(...text("a")), "a", "length"],
  ["a guardrail", {}, { content: text("no"), stopReason: "guardrail_intervened" }, "no", "content_filter"],
  [
    "citations between texts",
    {},
    [...text("Hello "), cited("cited"), ...text(" end "), cited("👋")],
    { content: "Hello cited end 👋", annotations: [citation(6, 11), citation(16, 18)] },
  ],
  ["citations of a JSON object", JSON_OBJECT, [...text("pre "), cited(JSON_ARGS)], JSON_ARGS],
];

const REASONING: Row[] = [
  [
    "signed and redacted before calls",
    { ...tools("f", "g"), reasoning_effort: "low" },
    [THOUGHT, redacted("cmVk"), ...text("x"), use("t1", "f", ARGS), use("t2", "g")],
    {
      ...thinks("hm", signed("hm"), REDACTED),
      ...calls(call("t1", "f", JSON_ARGS), call("t2", "g")),
      content: "x",
    },
    "tool_calls",
  ],
  [
    "of a model that does not sign it",
    { model: LLAMA },
    [thought("hm"), ...text("x")],
    { ...thinks("hm"), content: "x" },
  ],
  ["redacted alone", { model: GPT }, [redacted("cmVk")], { thinking_blocks: [REDACTED] }],
  ["that is not wanted", { reasoning: { effort: "low", exclude: true } }, [THOUGHT, ...text("x")], "x"],
  [
    "that speaks of JSON",
    WORDED,
    [thought('{"a":0}', "c2ln"), ...text(`\`\`\`json\n${JSON_ARGS}\n\`\`\``)],
    { ...thinks('{"a":0}', signed('{"a":0}')), content: JSON_ARGS },
  ],
];

const CALLS: Row[] = [
  [
    "in parallel",
    tools("f", "g"),
    [use("t1", "f", ARGS), use("t2", "g"), use("t3", "f")],
    calls(call("t1", "f", JSON_ARGS), call("t2", "g"), call("t3", "f")),
    "tool_calls",
  ],
  [
    "of a model that does not stream them",
    { ...tools("f"), model: LLAMA },
    [...text("x"), use("t1", "f", ARGS)],
    { ...calls(call("t1", "f", JSON_ARGS)), content: "x" },
    "tool_calls",
  ],
  ["of a renamed tool", tools("a.b c"), [use("t1", "a_b_c")], calls(call("t1", "a.b c")), "tool_calls"],
  ["cut short", tools("f"), cut(use("t1", "f", ARGS)), calls(call("t1", "f", JSON_ARGS)), "length"],
  [
    "without ids",
    tools("f"),
    [use("", "f"), use("", "f", ARGS)],
    calls(call("call_0", "f"), call("call_1", "f", JSON_ARGS)),
    "tool_calls",
  ],
  [
    "of a custom tool beside a function",
    { tools: [custom("c"), { type: "function", function: fn("f") }] },
    [use("t1", "c", { input: "x\ny" }), use("t2", "f", ARGS)],
    calls(free("t1", "c", "x\ny"), call("t2", "f", JSON_ARGS)),
    "tool_calls",
  ],
  [
    "of custom tools without input, or with another",
    { tools: [custom("c")] },
    [use("t1", "c"), use("t2", "c", ARGS)],
    calls(free("t1", "c", "{}"), free("t2", "c", JSON_ARGS)),
    "tool_calls",
  ],
  [
    "of two functions of old",
    { functions: [fn("f"), fn("g")] },
    [...text("x"), use("t1", "f", ARGS), use("t2", "g")],
    { content: "x", function_call: { name: "f", arguments: JSON_ARGS } },
    "function_call",
  ],
  [
    "of a function of old before a custom tool",
    { functions: [fn("f")], tools: [custom("c")] },
    [use("t1", "f"), use("t2", "c", { input: "1" })],
    { content: null, function_call: { name: "f", arguments: "{}" } },
    "function_call",
  ],
  [
    "of a function of old after a custom tool",
    { functions: [fn("f")], tools: [custom("c")] },
    [use("t1", "c", { input: "1" }), use("t2", "f")],
    calls(free("t1", "c", "1")),
    "function_call",
  ],
];

const FIRST = use("t1", "ans", ARGS);
const REAL = { ...calls(call("t2", "f")), content: JSON_ARGS };
const HIDDEN_JSON: Row[] = [
  ["with words around it", HIDDEN, [...text("Here: "), FIRST, ...text("!")], JSON_ARGS],
  ["twice", HIDDEN, [FIRST, use("t2", "ans", { a: "2" })], JSON_ARGS],
  ["empty", HIDDEN, [use("t1", "ans")], "{}"],
  ["cut", HIDDEN, cut(FIRST), JSON_ARGS, "length"],
  ["not called", HIDDEN, text('Sure: {"a":', '"1"} ok'), JSON_ARGS],
  ["refused", HIDDEN, text("I can't do that."), "I can't do that."],
  ["with citations", { ...HIDDEN, model: CLAUDE }, [cited("so "), FIRST], JSON_ARGS],
  ["before a real one", { ...tools("f"), ...HIDDEN }, [FIRST, use("t2", "f")], REAL, "tool_calls"],
  [
    "after a real one",
    { ...tools("f"), ...HIDDEN },
    [...text("pre"), use("t2", "f"), FIRST],
    REAL,
    "tool_calls",
  ],
  [
    "not called, but a real one",
    { ...tools("f"), ...HIDDEN },
    [...text("I look up."), use("t2", "f")],
    { ...REAL, content: "I look up." },
    "tool_calls",
  ],
];

const WORDED_JSON: Row[] = [
  ["in fences", JSON_OBJECT, text(`\`\`\`json\n${JSON_ARGS}\n\`\`\``), JSON_ARGS],
  ["in prose", JSON_OBJECT, text(`Sure: ${JSON_ARGS}. Bye {"b":2}`), JSON_ARGS],
  ["as a list", JSON_OBJECT, text('[{"a":1},{"a":2}]'), '[{"a":1},{"a":2}]'],
  ["after an empty object", JSON_OBJECT, text(`I fill the {}:\n\`\`\`json\n${JSON_ARGS}\n\`\`\``), JSON_ARGS],
  ["as an empty object", JSON_OBJECT, text("{}"), "{}"],
  ["over two blocks", JSON_OBJECT, text('{"a":', '"1"}'), JSON_ARGS],
  ["cut", JSON_OBJECT, cut(...text('So: {"a":[1,')), '{"a":[1,', "length"],
  ["that is none", JSON_OBJECT, text("I can't help with that."), "I can't help with that."],
];

const said = (more: Partial<AnswerReply>): AnswerReply => ({ content: text("x"), ...more });
const TRACE = { guardrail: { actionReason: "x" } };
const ROUTED = { promptRouter: { invokedModelId: "m" } };
const THOUGHTS = { usage: { output_tokens_details: { thinking_tokens: 4 } } };
const FIELDS = { additionalModelResponseFieldPaths: ["/stop_sequence"] };
const EXTRAS: Row[] = [
  ["a trace that was asked for", guarded("enabled"), said({ trace: TRACE }), "x"],
  ["a trace that was not", guarded("disabled"), said({ trace: TRACE }), "x"],
  ["a router's trace, for which nobody asks", {}, said({ trace: ROUTED }), "x"],
  ["response fields", FIELDS, said({ additionalModelResponseFields: { stop_sequence: "q" } }), "x"],
  [
    "the count of thoughts",
    { reasoning_effort: "low" },
    said({ additionalModelResponseFields: THOUGHTS }),
    "x",
  ],
];

const MESSAGE = { role: "assistant", content: "", refusal: null };
const asksForExtras = (request: JsonObject): boolean =>
  "additionalModelResponseFieldPaths" in request || JSON.stringify(request).includes('"trace":"enabled"');

describe("whole and streamed", () => {
  describe.each<[string, Row[]]>([
    ["text", TEXT],
    ["reasoning", REASONING],
    ["calls", CALLS],
    ["the hidden tool", HIDDEN_JSON],
    ["JSON in words", WORDED_JSON],
    ["beside the answer", EXTRAS],
  ])("%s", (_, rows) => {
    it.each(rows)("is the same answer: %s", async (__, asked, answer, says, finish = "stop") => {
      const request = { model: CLAUDE, ...asked };
      const reply = Array.isArray(answer) ? { content: answer } : answer;
      const told = whole(await answerTo(request, [reply]));
      const streamed = { ...request, stream: true };
      const folded = await answerTo({ ...streamed, stream_options: { include_usage: true } }, [reply]);
      expect(foldChunks(folded)).toEqual(told);
      const message = { ...MESSAGE, ...(typeof says === "string" ? { content: says } : says) };
      expect(told.choices).toEqual([{ index: 0, logprobs: null, message, finish_reason: finish }]);

      const plain = await answerTo(streamed, [reply]);
      expect(foldChunks(plain).choices).toEqual(told.choices);
      expect(bareChunks(plain)).toHaveLength(asksForExtras(request) ? 1 : 0);
    });
  });

  it.each([CLAUDE, NOVA])("is the same answer, several times: n above 1 on %s", async (model) => {
    const replies: AnswerReply[] = ["a", "b", "c"].map((each) => ({ content: [THOUGHT, ...text(each)] }));
    const request = { model, n: 3 };
    const messages = ({ choices }: FoldedAnswer): unknown[] =>
      choices.map(({ message }) => message).toSorted((a, b) => a.content!.localeCompare(b.content!));
    const told = whole(await answerTo(request, replies));
    const stream = await answerTo(
      { ...request, stream: true, stream_options: { include_usage: true } },
      replies,
    );
    const folded = foldChunks(stream);
    expect(messages(folded)).toEqual(messages(told));
    expect(messages(told)).toMatchObject([{ content: "a" }, { content: "b" }, { content: "c" }]);
    expect(folded.usage).toEqual(told.usage);
    expect(folded.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});
