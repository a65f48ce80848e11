import { describe, expect, it } from "vitest";
import { traitsOf } from "../../../src/bedrock/traits.ts";
import { fit } from "../../../src/conversation/fit.ts";
import type { ContentBlock, Conversation, Message } from "../../../src/conversation/types.ts";

const CLAUDE = traitsOf("anthropic.claude-sonnet-4-5-20250929-v1:0");
const NEW_CLAUDE = traitsOf("anthropic.claude-fable-9");
const LLAMA = traitsOf("meta.llama3-3-70b-instruct-v1:0");

const user = (...content: (string | ContentBlock)[]): Message => turn("user", content);
const assistant = (...content: (string | ContentBlock)[]): Message => turn("assistant", content);
const turn = (role: Message["role"], content: (string | ContentBlock)[]): Message => ({
  role,
  content: content.map((part) => (typeof part === "string" ? { text: part } : part)),
});
const use = (toolUseId: string, name = "f"): ContentBlock => ({ toolUse: { toolUseId, name, input: {} } });
const result = (toolUseId: string, text = "ok"): ContentBlock => ({
  toolResult: { toolUseId, content: [{ text }] },
});
const tool = (name: string) => ({ toolSpec: { name, inputSchema: { json: { type: "object" } } } });

const TOOLS: Partial<Conversation> = { toolConfig: { tools: [tool("f")] } };

const fitMessages = (messages: Message[], rest: Partial<Conversation> = {}, traits = CLAUDE) =>
  fit({ messages, ...rest }, traits);

describe("turns", () => {
  it("merge neighbours of one role, in order", () => {
    const { conversation } = fitMessages([user("a"), user("b"), assistant("c"), assistant("d"), user("e")]);
    expect(conversation.messages).toEqual([user("a", "b"), assistant("c", "d"), user("e")]);
  });

  it("put all results of a turn into one user turn, before what the user says next", () => {
    const { conversation } = fitMessages(
      [user("q"), assistant(use("a"), use("b")), user(result("b")), user(result("a")), user("thanks")],
      { toolConfig: { tools: [tool("f")] } },
    );
    expect(conversation.messages.at(-1)).toEqual(user(result("b"), result("a"), "thanks"));
  });

  it("lose blank texts and the turns that were nothing else", () => {
    const { conversation, adjustments } = fitMessages([user("a"), assistant(" \n"), user("", "b")]);
    expect(conversation.messages).toEqual([user("a", "b")]);
    expect(adjustments).toEqual([
      { param: "messages", action: "dropped", reason: "Bedrock refuses blank text." },
    ]);
  });

  it("start with the user, also when there are only instructions", () => {
    const { conversation, adjustments } = fitMessages([], { system: [{ text: "Tell a joke." }] });
    expect(conversation.messages).toEqual([user("Please continue.")]);
    expect(adjustments).toHaveLength(1);
  });

  it("end on the assistant only where the model continues it, without trailing blanks", () => {
    expect(fitMessages([user("a"), assistant("{ ")]).conversation.messages.at(-1)).toEqual(assistant("{"));
    expect(fitMessages([user("a"), assistant("{")], {}, NEW_CLAUDE).conversation.messages.at(-1)).toEqual(
      user("Please continue."),
    );
  });
});

describe("tool ids", () => {
  it("of other providers become Bedrock's, the same in call and result", () => {
    const foreign = "functions.get weather:0#ä";
    const { conversation } = fitMessages([user("q"), assistant(use(foreign)), user(result(foreign))], TOOLS);
    const [call, answer] = conversation.messages.slice(1).map((message) => message.content[0]!);
    expect(call!.toolUse!.toolUseId).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(answer!.toolResult!.toolUseId).toBe(call!.toolUse!.toolUseId);
  });

  it("over 64 characters are cut and stay apart", () => {
    const ids = ["x".repeat(80), `${"x".repeat(79)}y`];
    const { conversation } = fitMessages(
      [user("q"), assistant(...ids.map((id) => use(id))), user(...ids.map((id) => result(id)))],
      TOOLS,
    );
    const sent = conversation.messages[1]!.content.map((block) => block.toolUse!.toolUseId);
    expect(new Set(sent).size).toBe(2);
    expect(sent.every((id) => id.length <= 64)).toBe(true);
  });

  it("that start again on every turn are told apart", () => {
    const round = [assistant(use("call_0")), user(result("call_0"))];
    const { conversation } = fitMessages([user("q"), ...round, ...round], TOOLS);
    const calls = conversation.messages.flatMap((message) =>
      message.content.flatMap((block) => block.toolUse?.toolUseId ?? []),
    );
    const answers = conversation.messages.flatMap((message) =>
      message.content.flatMap((block) => block.toolResult?.toolUseId ?? []),
    );
    expect(new Set(calls).size).toBe(2);
    expect(answers).toEqual(calls);
  });

  it("twice in one turn: the first call and result are sent, and a note says so", () => {
    const { conversation, adjustments } = fitMessages(
      [user("q"), assistant(use("a"), use("a")), user(result("a", "1"), result("a", "2"))],
      TOOLS,
    );
    expect(conversation.messages[1]!.content).toHaveLength(1);
    expect(conversation.messages[2]!.content).toEqual([result("a", "1")]);
    expect(adjustments.map((each) => each.action)).toContain("dropped");
  });
});

describe("tool names", () => {
  it("become Bedrock's in offer, choice and history, and the answer gives the caller's back", () => {
    const { conversation, restore, adjustments } = fitMessages(
      [user("q"), assistant(use("a", "my.tool")), user(result("a"))],
      {
        toolConfig: { tools: [tool("my.tool")], toolChoice: { tool: { name: "my.tool" } } },
      },
    );
    expect(conversation.toolConfig).toEqual({
      tools: [tool("my_tool")],
      toolChoice: { tool: { name: "my_tool" } },
    });
    expect(conversation.messages[1]!.content[0]!.toolUse!.name).toBe("my_tool");
    expect(restore.toolNames).toEqual(new Map([["my_tool", "my.tool"]]));
    expect(adjustments).toContainEqual({
      param: "tools",
      action: "renamed",
      reason: "'my.tool' is sent as 'my_tool'.",
    });
  });

  it("never collide, whichever comes first", () => {
    const names = ["a.b", "a_b", "a b", "a".repeat(70), `${"a".repeat(69)}b`];
    const { conversation } = fitMessages([user("q")], { toolConfig: { tools: names.map(tool) } });
    const sent = conversation.toolConfig!.tools.map((each) => each.toolSpec!.name);
    expect(new Set(sent).size).toBe(names.length);
    expect(sent[1]).toBe("a_b");
    expect(sent.every((name) => /^[a-zA-Z0-9_-]{1,64}$/.test(name))).toBe(true);
  });

  it("given twice are offered once", () => {
    const { conversation } = fitMessages([user("q")], { toolConfig: { tools: [tool("f"), tool("f")] } });
    expect(conversation.toolConfig!.tools).toHaveLength(1);
  });
});

describe("a history of tool calls without tools", () => {
  it("is told as text, so that no tool can be called", () => {
    const { conversation, adjustments } = fitMessages([user("q"), assistant(use("a")), user(result("a"))]);
    expect(conversation.messages.slice(1)).toEqual([assistant("[Called f with {}]"), user("[Result: ok]")]);
    expect(conversation).not.toHaveProperty("toolConfig");
    expect(adjustments).toMatchObject([{ param: "messages", action: "emulated" }]);
  });

  it("offered has no empty result", () => {
    const { conversation } = fitMessages([user("q"), assistant(use("a")), user(result("a", " "))], TOOLS);
    expect(conversation.messages[2]!.content[0]!.toolResult!.content).toEqual([{ text: "(no output)" }]);
  });
});

describe("what a model does not accept", () => {
  const config = { temperature: 1.4, topP: 0.5, stopSequences: ["END"], maxTokens: 10 };

  it("is clamped or left out, and noted", () => {
    const one = fitMessages([user("q")], { inferenceConfig: config });
    expect(one.conversation.inferenceConfig).toEqual({
      temperature: 1,
      stopSequences: ["END"],
      maxTokens: 10,
    });
    expect(one.adjustments.map(({ param, action }) => [param, action])).toEqual([
      ["top_p", "dropped"],
      ["temperature", "clamped"],
    ]);
    const none = fitMessages([user("q")], { inferenceConfig: config }, NEW_CLAUDE);
    expect(none.conversation.inferenceConfig).toEqual({ stopSequences: ["END"], maxTokens: 10 });
    const all = fitMessages([user("q")], { inferenceConfig: { ...config, temperature: 0 } }, LLAMA);
    expect(all.conversation.inferenceConfig).toEqual({ ...config, temperature: 0 });
  });

  it("leaves no empty inferenceConfig behind", () => {
    const { conversation } = fitMessages([user("q")], { inferenceConfig: { temperature: 0.5 } }, NEW_CLAUDE);
    expect(conversation).not.toHaveProperty("inferenceConfig");
  });

  it("as a forced tool becomes the strongest choice it has", () => {
    const toolConfig = { tools: [tool("f")], toolChoice: { tool: { name: "f" } } };
    expect(fitMessages([user("q")], { toolConfig }).conversation.toolConfig!.toolChoice).toEqual({
      tool: { name: "f" },
    });
    expect(fitMessages([user("q")], { toolConfig }, NEW_CLAUDE).conversation.toolConfig!.toolChoice).toEqual({
      auto: {},
    });
    expect(fitMessages([user("q")], { toolConfig }, LLAMA).conversation.toolConfig).toEqual({
      tools: [tool("f")],
    });
  });

  it("as one tool at a time goes into Claude's own field, and nowhere else", () => {
    const request: Partial<Conversation> = {
      toolConfig: { tools: [tool("f")], toolChoice: { any: {} } },
      additionalModelRequestFields: {
        top_k: 5,
        tool_choice: { type: "auto", disable_parallel_tool_use: true },
      },
    };
    const claude = fitMessages([user("q")], request).conversation;
    expect(claude.additionalModelRequestFields).toEqual({
      top_k: 5,
      tool_choice: { type: "any", disable_parallel_tool_use: true },
    });
    expect(claude.toolConfig).toEqual({ tools: [tool("f")] });
    const llama = fitMessages([user("q")], request, LLAMA);
    expect(llama.conversation).not.toHaveProperty("additionalModelRequestFields");
    expect(llama.adjustments.map((each) => each.param)).toEqual(
      expect.arrayContaining(["top_k", "parallel_tool_calls"]),
    );
  });
});

describe("structured output", () => {
  const outputConfig = {
    textFormat: {
      type: "json_schema" as const,
      structure: {
        jsonSchema: { name: "event", schema: '{"type":"object","properties":{"a":{"type":"object"}}}' },
      },
    },
  };

  it("is native where the model has it, with every object closed", () => {
    const { conversation, restore } = fitMessages([user("q")], { outputConfig });
    const sent = conversation.outputConfig as typeof outputConfig;
    expect(JSON.parse(sent.textFormat.structure.jsonSchema.schema)).toEqual({
      type: "object",
      properties: { a: { type: "object", additionalProperties: false } },
      additionalProperties: false,
    });
    expect(restore.jsonTool).toBeUndefined();
  });

  it("is a hidden, forced tool elsewhere; the caller's own tools stay callable", () => {
    const alone = fitMessages([user("q")], { outputConfig }, traitsOf("amazon.nova-pro-v1:0"));
    expect(alone.conversation.toolConfig!.toolChoice).toEqual({ tool: { name: "event" } });
    expect(alone.conversation).not.toHaveProperty("outputConfig");
    const mixed = fitMessages(
      [user("q")],
      { outputConfig, toolConfig: { tools: [tool("event")] } },
      traitsOf("x.y"),
    );
    expect(mixed.conversation.toolConfig!.toolChoice).toEqual({ any: {} });
    expect(mixed.restore.jsonTool).toBe("event_");
  });
});

describe("a model that can do little", () => {
  const TITAN = traitsOf("amazon.titan-text-express-v1");

  it("without a system prompt is told its instructions by the user", () => {
    const { conversation, adjustments } = fitMessages(
      [user("q")],
      { system: [{ text: "Be brief." }] },
      TITAN,
    );
    expect(conversation).toEqual({ messages: [user("Be brief.", "q")] });
    expect(adjustments.map((each) => each.action)).toEqual(["emulated"]);
  });

  it("without tools refuses the offer of them, and is told of earlier calls in text", () => {
    const toolConfig = { tools: [tool("f")] };
    expect(() => fitMessages([user("q")], { toolConfig }, TITAN)).toThrow("'tools' is not supported");
    const { conversation } = fitMessages([user("q"), assistant(use("a")), user(result("a"))], {}, TITAN);
    expect(conversation.messages.slice(1)).toEqual([assistant("[Called f with {}]"), user("[Result: ok]")]);
    expect(conversation).not.toHaveProperty("toolConfig");
  });

  it("is asked for structured output in so many words", () => {
    const outputConfig = {
      textFormat: {
        type: "json_schema" as const,
        structure: { jsonSchema: { schema: '{"type":"object"}' } },
      },
    };
    const { conversation } = fitMessages([user("q")], { outputConfig }, TITAN);
    expect(conversation.messages[0]!.content[0]!.text).toContain('{"type":"object"}');
    expect(conversation).not.toHaveProperty("outputConfig");
  });

  it("of Mistral's gets the nine letters and digits it wants for an id, the same in call and result", () => {
    const history = [
      user("q"),
      assistant(use("call_1"), use("call_2")),
      user(result("call_1"), result("call_2")),
    ];
    const { conversation } = fitMessages(history, TOOLS, traitsOf("mistral.pixtral-large-2502-v1:0"));
    const calls = conversation.messages[1]!.content.map((block) => block.toolUse!.toolUseId);
    expect(calls.every((id) => /^[a-zA-Z0-9]{9}$/.test(id))).toBe(true);
    expect(new Set(calls).size).toBe(2);
    expect(conversation.messages[2]!.content.map((block) => block.toolResult!.toolUseId)).toEqual(calls);
  });
});
