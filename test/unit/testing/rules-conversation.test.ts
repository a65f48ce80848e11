import { describe, expect, it } from "vitest";
import { answers, call, look, result, tool, user, withTools } from "./conversations.ts";
import { byModel, judge, unsupported } from "./judge.ts";
import { CLAUDE_4_5, CLAUDE_OPUS_4_8, MISTRAL_LARGE, NOVA, NOVA_2, QWEN } from "./models.ts";
import { emulator, hello, says, verdict } from "./support.ts";

describe("turns", () => {
  const start = "400 A conversation must start with a user message. Try again";
  const alternate = "400 A conversation must alternate between user and assistant roles. Make sure";
  judge([
    ["no messages at all", {}, start],
    ["an empty list of messages", { messages: [] }, start],
    ["an assistant who speaks first", { messages: [answers({ text: "hi" }), says("hi")] }, start],
    ["two user turns in a row", { messages: [says("a"), says("b")] }, alternate],
    [
      "two assistant turns in a row",
      { messages: [says("a"), answers({ text: "b" }), answers({ text: "c" })] },
      alternate,
    ],
    [
      "a message without content",
      { messages: [says("a"), answers(), says("b")] },
      "400 The content field in the Message object at messages.1 is empty. Add a ContentBlock object to the content field",
    ],
    ["a user turn last", { messages: [says("a"), answers({ text: "b" }), says("c")] }, "accepted"],
    [
      "a system message for an older model",
      { messages: [says("a"), { role: "system", content: [{ text: "b" }] }] },
      `${byModel}messages.1: role 'system' is not supported`,
      CLAUDE_4_5,
    ],
    [
      "a system message for Opus 4.8",
      { messages: [says("a"), { role: "system", content: [{ text: "b" }] }] },
      "accepted",
      CLAUDE_OPUS_4_8,
    ],
    [
      "a system message before a user turn",
      {
        messages: [
          says("a"),
          answers({ text: "b" }),
          { role: "system", content: [{ text: "b" }] },
          says("c"),
        ],
      },
      `${byModel}messages.2: role 'system' must follow`,
      CLAUDE_OPUS_4_8,
    ],
    [
      "no messages for a managed prompt",
      {},
      "accepted",
      "arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ:1",
    ],
    [
      "a system prompt for a managed prompt",
      { ...hello, system: [{ text: "x" }] },
      "400 system can't be used with a prompt",
      "arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ",
    ],
  ]);
});

describe("blank text", () => {
  const blank =
    "400 The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.";
  judge([
    ["empty", { messages: [says("")] }, blank],
    ["spaces and newlines", { messages: [says(" \n\t")] }, blank],
    [
      "beside other text",
      { messages: [user({ text: "a" }, { text: " " })] },
      blank.replace("content.0", "content.1"),
    ],
    [
      "in a tool result",
      withTools(says("a"), answers(call("1")), user(result("1", { text: "" }))),
      "400 The text field in the ToolResultContentBlock object at messages.2.content.0.toolResult.content.0 is blank.",
    ],
    [
      "in the system prompt",
      { ...hello, system: [{ text: " " }] },
      `${byModel}system: text content blocks must contain`,
    ],
  ]);
});

describe("tool calls and their results", () => {
  const expected = (at: number, ids: string) =>
    `400 Expected toolResult blocks at messages.${at}.content for the following Ids: ${ids}`;
  const exceeds = (at: number) =>
    `400 The number of toolResult blocks at messages.${at}.content exceeds the number of toolUse blocks of previous turn.`;
  const twoCalls = [says("a"), answers(call("1"), call("2"))];
  judge([
    ["all results in one turn", withTools(...twoCalls, user(result("1"), result("2"))), "accepted"],
    ["results in another order", withTools(...twoCalls, user(result("2"), result("1"))), "accepted"],
    ["a result that is missing", withTools(...twoCalls, user(result("1"))), expected(2, "2")],
    [
      "results spread over two turns",
      withTools(...twoCalls, user(result("1")), answers({ text: "x" }), user(result("2"))),
      expected(2, "2"),
    ],
    ["text instead of results", withTools(...twoCalls, says("never mind")), expected(2, "1, 2")],
    [
      "a result for another id",
      withTools(says("a"), answers(call("1")), user(result("3"))),
      expected(2, "1"),
    ],
    [
      "one result too many",
      withTools(says("a"), answers(call("1")), user(result("1"), result("1"))),
      exceeds(2),
    ],
    ["a result without any call", withTools(user(result("1"))), exceeds(0)],
    ["calls in the last turn", withTools(says("a"), answers(call("1"))), expected(2, "1")],
    [
      "the same id in two turns",
      withTools(says("a"), answers(call("1")), user(result("1")), answers(call("1")), user(result("1"))),
      `${byModel}messages.3.content.0: \`tool_use\` ids must be unique`,
    ],
    [
      "text after the results",
      withTools(says("a"), answers(call("1")), user(result("1"), { text: "so?" })),
      "accepted",
      CLAUDE_4_5,
    ],
    [
      "text before the results, for Claude",
      withTools(says("a"), answers(call("1")), user({ text: "so?" }, result("1"))),
      `${byModel}messages.1: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: 1.`,
      CLAUDE_4_5,
    ],
    [
      "a call in a user turn",
      withTools(user({ text: "a" }, call("1")), answers({ text: "b" }), says("c")),
      "400 Expected toolResult blocks at messages.1.content",
    ],
    [
      "reasoning in a user turn",
      { messages: [user({ text: "a" }, { reasoningContent: { reasoningText: { text: "b" } } })] },
      `${byModel}messages.0.content.1: \`reasoningContent\` blocks can only be in \`assistant\` messages`,
    ],
    [
      "history without a toolConfig",
      { messages: [...twoCalls, user(result("1"), result("2"))] },
      "400 The toolConfig field must be defined when using toolUse and toolResult content blocks.",
    ],
  ]);

  it("forgives server tools, whose results come in the assistant's turn", async () => {
    const search = { toolUse: { toolUseId: "1", name: "look", input: {}, type: "server_tool_use" } };
    const body = withTools(says("a"), answers(search, { text: "b" }), says("c"));
    expect(await verdict(await emulator(), body)).toBe("accepted");
  });
});

describe("what calls and results hold", () => {
  const turn = (input: unknown) => withTools(says("a"), answers(call("1", input)), user(result("1")));
  const invalid =
    "400 The format of the value at messages.1.content.0.toolUse.input is invalid. Provide a json object";
  const failed = (...content: object[]) => ({ toolResult: { toolUseId: "1", content, status: "error" } });
  judge([
    ["input in a string", turn("{}"), invalid],
    ["input in a list", turn([]), invalid],
    ["an empty key", turn({ "": {} }), invalid],
    ["an empty key deep down", turn({ a: [{ "": 1 }] }), invalid],
    ["plain input", turn({ a: [{ b: null }] }), "accepted"],
    [
      "an empty result",
      withTools(says("a"), answers(call("1")), user({ toolResult: { toolUseId: "1", content: [] } })),
      "400 The content field at messages.2.content.0.toolResult cannot be empty.",
    ],
    [
      "an empty failure",
      withTools(says("a"), answers(call("1")), user(failed())),
      "400 The content field at messages.2.content.0.toolResult cannot be empty when status value is error.",
    ],
    [
      "a failure in JSON, for Claude",
      withTools(says("a"), answers(call("1")), user(failed({ json: 1 }))),
      '400 messages.2.content.0.toolResult: all content must be type "text"',
      CLAUDE_4_5,
    ],
    [
      "a status, for Nova",
      withTools(says("a"), answers(call("1")), user(failed({ text: "b" }))),
      "accepted",
      NOVA,
    ],
    [
      "a status, for Qwen",
      withTools(says("a"), answers(call("1")), user(failed({ text: "b" }))),
      unsupported("toolResult.status"),
      QWEN,
    ],
    ["no status, for Qwen", withTools(says("a"), answers(call("1")), user(result("1"))), "accepted", QWEN],
    [
      "a failure in JSON, for Nova",
      withTools(says("a"), answers(call("1")), user(failed({ json: 1 }))),
      "accepted",
      NOVA,
    ],
  ]);
});

describe("offered tools", () => {
  const offers = (...tools: object[]) => ({ ...hello, toolConfig: { tools } });
  const schema = (json: object) => tool("look", { inputSchema: { json } });
  const root =
    "400 The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.";
  judge([
    [
      "the same name twice",
      offers(tool("a"), tool("b"), tool("a")),
      "400 The tool a is already defined at toolConfig.tools.2.",
    ],
    [
      "a choice that is not offered",
      { ...hello, toolConfig: { ...look, toolChoice: { tool: { name: "other" } } } },
      `${byModel}Tool 'other' not found in provided tools`,
    ],
    ["a schema without type", offers(schema({})), root],
    ["a schema of a string", offers(schema({ type: "string" })), root],
    ["a schema of a nullable object", offers(schema({ type: ["object", "null"] })), root],
    [
      "anyOf at the root",
      offers(schema({ type: "object", anyOf: [] })),
      `${byModel}tools.0.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`,
    ],
    ["anyOf inside", offers(schema({ type: "object", properties: { a: { anyOf: [] } } })), "accepted"],
  ]);
});

describe("Mistral's ids", () => {
  const turn = (id: string) => withTools(says("a"), answers(call(id)), user(result(id)));
  const length = (id: string) =>
    `${byModel}Tool call id was ${id} but must be a-z, A-Z, 0-9, with a length of 9.`;
  judge([
    ["nine letters and digits", turn("aB3456789"), "accepted", MISTRAL_LARGE],
    ["ten", turn("aB34567890"), length("aB34567890"), MISTRAL_LARGE],
    ["nine with an underscore", turn("call_1234"), length("call_1234"), MISTRAL_LARGE],
    ["anything elsewhere", turn("call_1234"), "accepted", QWEN],
  ]);
});

describe("tools that AWS runs", () => {
  const grounded = { ...hello, toolConfig: { tools: [{ systemTool: { name: "nova_grounding" } }] } };
  judge([
    ["a search, on Nova 2 in the US", grounded, "accepted", NOVA_2],
    [
      "a search, on Nova 2 elsewhere",
      grounded,
      "400 The system tool nova_grounding is only available through US inference profiles.",
      "eu.amazon.nova-2-lite-v1:0",
    ],
    [
      "a search, on the first Nova",
      grounded,
      unsupported("toolConfig.tools.systemTool"),
      "us.amazon.nova-pro-v1:0",
    ],
    ["a search, on Claude", grounded, unsupported("toolConfig.tools.systemTool"), CLAUDE_4_5],
    [
      "one that does not exist",
      { ...hello, toolConfig: { tools: [{ systemTool: { name: "nova_magic" } }] } },
      "400 The system tool nova_magic does not exist.",
      NOVA_2,
    ],
    [
      "a tool by the name of the search, on Nova",
      { ...hello, toolConfig: { tools: [tool("nova_grounding")] } },
      "400 The tool name nova_grounding at toolConfig.tools.0.toolSpec.name is reserved for a system tool.",
      NOVA_2,
    ],
    [
      "a tool by the name of the search, on Claude",
      { ...hello, toolConfig: { tools: [tool("nova_grounding")] } },
      "accepted",
      CLAUDE_4_5,
    ],
  ]);
});
