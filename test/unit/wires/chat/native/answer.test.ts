import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../../src/conversation/types.ts";
import { editAnswer } from "../../../../../src/wires/chat/native/answer.ts";
import { originOf } from "./origin.ts";

const HEAD = { id: "chatcmpl-1", object: "chat.completion", created: 1, model: "theirs" };
const edited = (message: JsonObject, finish_reason = "stop", family?: string) => {
  const answer = editAnswer(
    JSON.stringify({ ...HEAD, choices: [{ index: 0, message, finish_reason }] }),
    originOf(family),
  );
  return (answer["choices"] as { message: JsonObject; finish_reason: string }[])[0]!;
};
const call = (id: string | null, json: unknown) => ({
  id,
  type: "function",
  function: { name: "f", arguments: json },
});

describe("a whole answer", () => {
  it("bears the resolved id, and otherwise the head that AWS gave it", () => {
    const { choices: _, ...head } = editAnswer(
      JSON.stringify({ ...HEAD, service_tier: "flex", system_fingerprint: null, choices: [{ message: {} }] }),
      originOf(),
    );
    expect(head).toEqual({ ...HEAD, model: "us.openai.gpt-6-sol", service_tier: "flex" });
  });

  it("has every member that OpenAI's schema demands", () => {
    expect(editAnswer('{"choices":[{}]}', originOf())).toEqual({
      id: "chatcmpl-own_1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "us.openai.gpt-6-sol",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "", refusal: null },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
    });
  });

  it("gives calls ids of their own where theirs are but positions, and arguments that are JSON", () => {
    const { message, finish_reason } = edited({
      content: "",
      function_call: null,
      tool_calls: [
        call("call_0", ""),
        call("1", { a: 1 }),
        call(null, "{}"),
        call("call_kept0001", '{"b":2}'),
      ],
    });
    expect(message).toEqual({
      role: "assistant",
      content: null,
      refusal: null,
      tool_calls: [
        call("call_own_1", "{}"),
        call("call_own_2", '{"a":1}'),
        call("call_own_3", "{}"),
        call("call_kept0001", '{"b":2}'),
      ],
    });
    expect(finish_reason).toBe("tool_calls");
  });

  it("is without lists of no calls", () => {
    expect(edited({ content: "Hi", tool_calls: [] }).message).not.toHaveProperty("tool_calls");
  });

  it("tells thoughts apart, under both names, and only at the start", () => {
    const content = "<reasoning>Hm.</reasoning>A <reasoning>.";
    const { message } = edited({ content }, "stop", "openai.gpt-oss-20b-1:0");
    expect(message).toMatchObject({ content: "A <reasoning>.", reasoning: "Hm.", reasoning_content: "Hm." });
    expect(edited({ content }).message["content"]).toBe(content);
    expect(edited({ content: "A", reasoning: "Hm." }).message["reasoning_content"]).toBe("Hm.");
  });

  it("keeps a refusal", () => {
    expect(edited({ content: null, refusal: "No." }).message).toMatchObject({
      content: null,
      refusal: "No.",
    });
  });

  it.each(["", "<html>", "{}", "null", "[]", '{"choices":[]}', '{"choices":[null]}', '{"choices":{}}'])(
    "that is none (%j) is a failure",
    (text) => {
      expect(() => editAnswer(text, originOf())).toThrow(
        expect.objectContaining({ status: 502, code: "empty_response" }),
      );
    },
  );
});
