import {
  AIMessage,
  AIMessageChunk,
  ChatMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { toMessages } from "../../../../integrations/langchain/to-messages.ts";

const THINKING = { type: "thinking", thinking: "Hm.", signature: "s" };
const REDACTED = { type: "redacted_thinking", data: "c2VjcmV0" };
const CALL = { id: "call_1", name: "f", args: { a: 1 } };
const WIRE_CALL = { id: "call_1", type: "function", function: { name: "f", arguments: '{"a":1}' } };

describe("an assistant's message", () => {
  it("sends signed thoughts back as they came", () => {
    const additional_kwargs = { thinking_blocks: [THINKING, REDACTED], reasoning_content: "Hm." };
    expect(toMessages([new AIMessage({ content: "So.", additional_kwargs })])).toEqual([
      { role: "assistant", content: "So.", ...additional_kwargs },
    ]);
  });

  it("sends the thoughts of content blocks back where they stood", () => {
    const message = new AIMessage({
      contentBlocks: [
        { type: "reasoning", reasoning: "Hm.", signature: "s" },
        { type: "non_standard", value: REDACTED },
        { type: "text", text: "So." },
        { type: "tool_call", ...CALL },
      ],
    });
    expect(toMessages([message])).toEqual([
      {
        role: "assistant",
        content: [THINKING, REDACTED, { type: "text", text: "So." }],
        tool_calls: [WIRE_CALL],
      },
    ]);
  });

  it("says a call once, however often its provider wrote it", () => {
    const content = [
      { type: "text", text: "So." },
      { type: "tool_use", id: "call_1", name: "f", input: { a: 1 } },
      { type: "tool_call_chunk", id: "call_1", name: "f", args: '{"a":1}', index: 1 },
    ];
    const [message] = toMessages([new AIMessageChunk({ content: content as never, tool_calls: [CALL] })]);
    expect(message).toEqual({
      role: "assistant",
      content: [{ type: "text", text: "So." }],
      tool_calls: [WIRE_CALL],
    });
  });

  it("that only calls says nothing, so that no blank text has to be dropped", () => {
    const [message] = toMessages([new AIMessage({ content: "", tool_calls: [CALL] })]);
    expect(message!.content).toBeNull();
  });

  it("tells of a call that could not be read only where somebody answered it", () => {
    const invalid = { id: "call_1", name: "f", args: "{", type: "invalid_tool_call" as const };
    const message = new AIMessage({ content: "So.", invalid_tool_calls: [invalid] });
    expect(toMessages([message])[0]).not.toHaveProperty("tool_calls");
    const [told] = toMessages([message, new ToolMessage({ tool_call_id: "call_1", content: "What?" })]);
    expect(told!["tool_calls"]).toEqual([{ ...WIRE_CALL, function: { name: "f", arguments: "{" } }]);
  });
});

it("roles, names and a tool's failure are told in OpenAI's words", () => {
  expect(
    toMessages([
      new SystemMessage("a"),
      new SystemMessage({ content: "b", additional_kwargs: { __openai_role__: "developer" } }),
      new HumanMessage({ content: "c", name: "ada" }),
      new ChatMessage("d", "human"),
      new ChatMessage("e", "auditor"),
      new ToolMessage({ tool_call_id: "call_1", content: "f", status: "error", artifact: {} }),
    ]),
  ).toEqual([
    { role: "system", content: "a" },
    { role: "developer", content: "b" },
    { role: "user", content: "c", name: "ada" },
    { role: "user", content: "d" },
    { role: "auditor", content: "e" },
    { role: "tool", tool_call_id: "call_1", content: "f", status: "error" },
  ]);
});
