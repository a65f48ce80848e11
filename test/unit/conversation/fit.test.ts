import { describe, expect, it } from "vitest";
import { fit } from "../../../src/conversation/fit.ts";
import type { Conversation, Message } from "../../../src/conversation/types.ts";
import { traitsFor } from "../../support/chat-models.ts";
import {
  asks,
  assistant,
  document,
  effort,
  fields,
  instructs,
  offers,
  point,
  result,
  round,
  says,
  system,
  textFormat,
  thought,
  tool,
  use,
  user,
} from "../../support/conversations.ts";

/** What the passes say together, on models that are there. Each for itself is told in passes/. */

const CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const NEW_CLAUDE = "anthropic.claude-fable-9";
const LLAMA = "meta.llama3-3-70b-instruct-v1:0";
const NOVA = "amazon.nova-pro-v1:0";
const TITAN = "amazon.titan-text-express-v1";

const fitted = (conversation: Conversation, model = CLAUDE) => fit(conversation, traitsFor(model));
const notes = ({ adjustments }: ReturnType<typeof fit>) =>
  adjustments.map(({ param, action }) => `${param} ${action}`);

const CONTINUE = user("Please continue.");
const SCHEMA = { type: "object", properties: { a: { type: "string" } } };

describe("a conversation that a model takes as it is", () => {
  it.each([CLAUDE, NOVA, LLAMA])("comes out as it went in, without a note: %s", (model) => {
    const spoken = { ...says(user("q"), assistant("a"), user("r")), ...system("Be brief.") };
    expect(fitted(spoken, model)).toEqual({
      conversation: spoken,
      adjustments: [],
      restore: { toolNames: new Map(), jsonTool: undefined, jsonText: false, stopAt: [] },
    });
  });
});

describe("turns", () => {
  it("lose blank texts, then the turns that were nothing else, then the border between their neighbours", () => {
    const { conversation, adjustments } = fitted(says(user("a"), assistant(" \n"), user("", "b")));
    expect(conversation.messages).toEqual([user("a", "b")]);
    expect(adjustments).toEqual([
      { param: "messages", action: "dropped", reason: "Bedrock refuses blank text." },
    ]);
  });

  it("are counted without instructions that move away from between them", () => {
    const { conversation } = fitted(says(user("a"), instructs("s"), user("b")));
    expect(conversation).toEqual({ ...says(user("a", "b")), ...system("s") });
  });

  it("end on the assistant only where the model continues it", () => {
    const begun = says(user("a"), assistant("{ "));
    expect(fitted(begun).conversation.messages.at(-1)).toEqual(assistant("{"));
    expect(fitted(begun, NEW_CLAUDE).conversation.messages.at(-1)).toEqual(CONTINUE);
    expect(fitted({ ...begun, ...effort("low") }).conversation.messages.at(-1)).toEqual(CONTINUE);
  });

  it("that end on a cache point end on the text before it: the point may go, the blank may not stay", () => {
    const begun = says(user("a"), assistant("{ ", point()));
    for (const model of [LLAMA, CLAUDE])
      expect(fitted(begun, model).conversation.messages.at(-1)!.content[0]).toEqual({ text: "{" });
  });

  it("of instructions stay only between turns that stay", () => {
    const gone = says(user("a"), instructs("s"), assistant("", point()), user("b"));
    expect(fitted(gone, "anthropic.claude-opus-5").conversation).toEqual({
      ...says(user("a", "b")),
      ...system("s"),
    });
  });
});

describe("tools", () => {
  const foreign: Message[] = round("functions.f:0", "my.tool");

  it("have one name in offer, choice, history and Claude's own field", () => {
    const { conversation, restore } = fitted({
      messages: foreign,
      toolConfig: { tools: [tool("my.tool")], toolChoice: { tool: { name: "my.tool" } } },
      ...fields({ tool_choice: { type: "auto", disable_parallel_tool_use: true } }),
    });
    expect(conversation.toolConfig).toEqual({ tools: [tool("my_tool")] });
    expect(conversation.additionalModelRequestFields).toEqual({
      tool_choice: { type: "tool", name: "my_tool", disable_parallel_tool_use: true },
    });
    expect(conversation.messages[1]).toEqual(assistant(use("functions_f_0", "my_tool")));
    expect(restore.toolNames).toEqual(new Map([["my_tool", "my.tool"]]));
  });

  it("that may not be called are told of in text under the caller's names", () => {
    const { conversation, restore } = fitted(says(...foreign));
    expect(conversation).toEqual(
      says(user("q"), assistant("[Called my.tool with {}]"), user("[Result: ok]")),
    );
    expect(restore.toolNames.size).toBe(0);
  });

  it("that must be called become the strongest choice that the model has", () => {
    const toolConfig = { tools: [tool("f"), tool("g")], toolChoice: { tool: { name: "f" } } };
    const chosen = (model: string, more = {}) =>
      fitted(asks({ toolConfig, ...more }), model).conversation.toolConfig!.toolChoice;
    expect(chosen(CLAUDE)).toEqual({ tool: { name: "f" } });
    expect(chosen(CLAUDE, effort("low"))).toEqual({ auto: {} });
    expect(chosen(NEW_CLAUDE)).toEqual({ auto: {} });
    expect(chosen(LLAMA)).toBeUndefined();
  });

  it("one at a time are Claude's alone", () => {
    const request = asks({
      toolConfig: { tools: [tool("f")], toolChoice: { any: {} } },
      ...fields({ top_k: 5, tool_choice: { type: "auto", disable_parallel_tool_use: true } }),
    });
    const claude = fitted(request).conversation;
    expect(claude.additionalModelRequestFields).toEqual({
      top_k: 5,
      tool_choice: { type: "any", disable_parallel_tool_use: true },
    });
    expect(claude.toolConfig).toEqual({ tools: [tool("f")] });
    const llama = fitted(request, LLAMA);
    expect(llama.conversation).not.toHaveProperty("additionalModelRequestFields");
    expect(notes(llama)).toEqual(expect.arrayContaining(["top_k dropped", "parallel_tool_calls dropped"]));
  });

  it("return files where the model looks for them, named, with a text beside them", () => {
    const history = says(user("q"), assistant(use("a")), user(result("a", document("x.y"))));
    const { conversation } = fitted({ ...history, ...offers("f") }, LLAMA);
    expect(conversation.messages[2]).toEqual(
      user(
        result("a", "(The file stands after the tool results.)"),
        document("x y"),
        "See the attached document.",
      ),
    );
  });
});

describe("what a model does not accept", () => {
  const config = { temperature: 1.4, topP: 0.5, stopSequences: ["END"], maxTokens: 10 };

  it("is clamped or left out, and noted", () => {
    const one = fitted(asks({ inferenceConfig: config }));
    expect(one.conversation.inferenceConfig).toEqual({
      temperature: 1,
      stopSequences: ["END"],
      maxTokens: 10,
    });
    expect(notes(one)).toEqual(["top_p dropped", "temperature clamped"]);
    const none = fitted(asks({ inferenceConfig: config }), NEW_CLAUDE);
    expect(none.conversation.inferenceConfig).toEqual({ stopSequences: ["END"], maxTokens: 10 });
    const all = fitted(asks({ inferenceConfig: { ...config, temperature: 0 } }), LLAMA);
    expect(all.conversation.inferenceConfig).toEqual({ ...config, temperature: 0 });
  });

  it("leaves no empty object behind", () => {
    const { conversation } = fitted(
      { ...asks({ inferenceConfig: { temperature: 0.5 } }), ...fields({ seed: 1 }), ...system(" ", point()) },
      NEW_CLAUDE,
    );
    expect(conversation).toEqual(asks());
  });

  it("because it thinks is known after it is known whether it thinks", () => {
    const { conversation } = fitted({ ...asks({ inferenceConfig: config }), ...effort("low") });
    expect(conversation.inferenceConfig).toEqual({ stopSequences: ["END"], maxTokens: 10, temperature: 1 });
    const thinks = fitted({ ...asks({ inferenceConfig: { ...config, maxTokens: 5000 } }), ...effort("low") });
    expect(thinks.conversation.inferenceConfig).toEqual({ stopSequences: ["END"], maxTokens: 5000 });
    expect(notes(thinks)).toEqual(["temperature dropped", "top_p dropped"]);
  });

  it("of Nova at high effort is all that says how it samples, top_k too", () => {
    const { conversation } = fitted(
      { ...asks({ inferenceConfig: config }), ...effort("max"), ...fields({ top_k: 5 }) },
      "amazon.nova-2-lite-v1:0",
    );
    expect(conversation.inferenceConfig).toEqual({ stopSequences: ["END"] });
    expect(conversation.additionalModelRequestFields).toEqual({
      reasoningConfig: { type: "enabled", maxReasoningEffort: "high" },
    });
  });
});

describe("structured output", () => {
  const wants = (name: string, more: Partial<Conversation> = {}) =>
    asks({ ...more, outputConfig: { ...more.outputConfig, textFormat: textFormat(SCHEMA, name) } });

  it("by a hidden tool is found again under the name that the schema had", () => {
    const { conversation, restore } = fitted(wants("my event"), NOVA);
    expect(conversation.toolConfig!.toolChoice).toEqual({ tool: { name: "my_event" } });
    expect(restore).toEqual({
      toolNames: new Map([["my_event", "my event"]]),
      jsonTool: "my event",
      jsonText: true,
      stopAt: [],
    });
  });

  it("by a hidden tool makes a history of calls one that may stay", () => {
    const { conversation } = fitted({ ...wants("e"), messages: round("a") }, NOVA);
    expect(conversation.messages).toEqual(round("a"));
  });

  it("never relies on a hidden tool that thinking would set free", () => {
    for (const wish of ["none", "high"]) {
      const { conversation, restore } = fitted(wants("e", effort(wish)), "anthropic.claude-fable-5");
      expect(restore.jsonTool).toBeUndefined();
      expect(conversation).not.toHaveProperty("toolConfig");
    }
  });
});

describe("a model that can do little", () => {
  it("without a system prompt is told its instructions by the user", () => {
    const request = fitted({ ...asks(), ...system("Be brief.") }, TITAN);
    expect(request.conversation).toEqual(says(user("Be brief.", "q")));
    expect(notes(request)).toEqual(["messages emulated"]);
  });

  it("without tools refuses the offer of them, and is told of earlier calls in text", () => {
    expect(() => fitted(asks(offers("f")), TITAN)).toThrow("'tools' is not supported");
    const { conversation } = fitted(says(...round("a")), TITAN);
    expect(conversation).toEqual(says(user("q"), assistant("[Called f with {}]"), user("[Result: ok]")));
  });

  it("is asked for structured output in so many words, by the user too", () => {
    const { conversation } = fitted(asks({ outputConfig: { textFormat: textFormat(SCHEMA) } }), TITAN);
    expect(conversation.messages[0]!.content[0]!.text).toContain(JSON.stringify(SCHEMA));
    expect(conversation).not.toHaveProperty("outputConfig");
    expect(conversation).not.toHaveProperty("system");
  });

  it("of Mistral's gets the ids that it wants, the same in call and result", () => {
    const { conversation } = fitted(
      { ...says(...round("call_1")), ...offers("f") },
      "mistral.pixtral-large-2502-v1:0",
    );
    const id = conversation.messages[1]!.content[0]!.toolUse!.toolUseId;
    expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(conversation.messages[2]!.content[0]!.toolResult!.toolUseId).toBe(id);
  });
});

it("earlier reasoning goes back where it is wanted, and a turn of nothing else goes nowhere", () => {
  const history = says(user("q"), assistant(thought("hm", "sig"), "a"), user("r"));
  expect(fitted(history).conversation).toEqual(history);
  expect(fitted(history, LLAMA).conversation).toEqual(says(user("q"), assistant("a"), user("r")));
  const unspoken = says(user("q"), assistant(thought("hm", "sig")), user("r"));
  for (const model of [undefined, LLAMA])
    expect(fitted(unspoken, model).conversation).toEqual(says(user("q", "r")));
});
