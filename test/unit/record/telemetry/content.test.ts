import { describe, expect, it } from "vitest";
import type { CallRecord } from "../../../../src/record/record.ts";
import { inputMessages } from "../../../../src/record/telemetry/content.ts";
import { requestAttributes } from "../../../../src/record/telemetry/request-attributes.ts";

const told = (request: object, operation: CallRecord["operation"] = "chat"): unknown => {
  const said = inputMessages({ operation, request: request as Record<string, unknown> });
  const text = said["gen_ai.input.messages"];
  return text === undefined ? undefined : JSON.parse(text as string);
};

const text = (content: string): object => ({ type: "text", content });

describe("what a span tells of a request for a response", () => {
  it("is a text, and what the model was instructed to do", () => {
    expect(told({ input: "hi", instructions: "Be kind." })).toEqual([
      { role: "system", parts: [text("Be kind.")] },
      { role: "user", parts: [text("hi")] },
    ]);
  });

  it("is every item in the form of a message, and of what nobody knows only the kind", () => {
    const input = [
      { role: "user", content: [{ type: "input_text", text: "look" }] },
      { type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }], encrypted_content: "secret" },
      { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
      { type: "function_call_output", call_id: "c", output: "rain" },
      { type: "mcp_call", id: "m", secret: "s" },
    ];
    expect(told({ input })).toEqual([
      { role: "user", parts: [text("look")] },
      { role: "assistant", parts: [{ type: "reasoning", content: "Hm." }] },
      { role: "assistant", parts: [{ type: "tool_call", id: "c", name: "f", arguments: "{}" }] },
      { role: "tool", parts: [{ type: "tool_call_response", id: "c", response: "rain" }] },
      { role: "assistant", parts: [{ type: "mcp_call" }] },
    ]);
  });

  it("is not what is to be embedded", () => {
    expect(told({ input: "hi" }, "embeddings")).toBeUndefined();
  });

  it("names its bounds as it does those of a chat", () => {
    const request = { max_output_tokens: 9, text: { format: { type: "json_schema" } } };
    const attributes = requestAttributes({ operation: "chat", request } as unknown as CallRecord);
    expect(attributes).toMatchObject({ "gen_ai.request.max_tokens": 9, "gen_ai.output.type": "json" });
  });
});
