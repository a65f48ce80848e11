import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/conversation/types.ts";
import { cohereCommandR } from "../../../src/dialects/cohere-command-r.ts";
import {
  asks,
  assistant,
  fields,
  offers,
  result,
  says,
  system,
  tool,
  use,
  user,
} from "../../support/conversations.ts";
import { bodyFor, fitFor } from "./body-of.ts";
import { foldChunks, readAll } from "./fold-events.ts";

const COMMAND_R = "cohere.command-r-v1:0";
const body = bodyFor(cohereCommandR, COMMAND_R);

describe("a conversation in Command R's words", () => {
  it("is a message", () => {
    expect(body(asks())).toEqual({ message: "q" });
  });

  it.each([
    [0, 0.01],
    [0.5, 0.5],
    [1, 0.99],
  ])("has no share of nothing and none of everything: %d is %d", (topP, p) => {
    expect(body(asks({ inferenceConfig: { topP } }))).toEqual({ message: "q", p });
  });

  it("asks for no more than it writes", () => {
    expect(body(asks({ inferenceConfig: { maxTokens: 1e6 } }))).toEqual({ message: "q", max_tokens: 4000 });
  });

  it("keeps zeros, under Cohere's names", () => {
    const inferenceConfig = { maxTokens: 1, temperature: 0, topP: 0, stopSequences: ["END"] };
    const native = { seed: 0, frequency_penalty: 0.5, presence_penalty: 0.5 };
    expect(body(asks({ inferenceConfig, ...fields({ ...native, top_k: 0 }) }))).toEqual({
      message: "q",
      max_tokens: 1,
      temperature: 0,
      p: 0.01,
      k: 0,
      stop_sequences: ["END"],
      ...native,
    });
  });

  it("has what was said before, and instructions apart", () => {
    expect(body({ ...says(user("1"), assistant("2"), user("3")), ...system("s") })).toEqual({
      message: "3",
      chat_history: [
        { role: "USER", message: "1" },
        { role: "CHATBOT", message: "2" },
      ],
      preamble: "s",
    });
  });

  it("describes parameters by Python's types, and quotes what else a schema says", () => {
    const schema = {
      type: "object",
      properties: {
        city: { type: "string", description: "where" },
        days: { type: "integer" },
        unit: { enum: ["C", "F"], description: "which" },
      },
      required: ["city"],
    };
    expect(body(asks({ toolConfig: { tools: [tool("f", schema, { description: "d" })] } }))["tools"]).toEqual(
      [
        {
          name: "f",
          description: "d",
          parameter_definitions: {
            city: { type: "str", description: "where", required: true },
            days: { type: "int", required: false },
            unit: {
              type: "str",
              description: 'which\nJSON Schema: {"enum":["C","F"],"description":"which"}',
              required: false,
            },
          },
        },
      ],
    );
  });

  it("hears of all calls since the question, each result beside its call", () => {
    const told = says(
      user("0"),
      assistant(use("z")),
      user(result("z", "Z")),
      assistant("so"),
      user("q"),
      assistant(use("a", "f", { x: 1 }), use("b", "g")),
      user(result("b", "B"), result("a", { json: { n: 0 } })),
      assistant("once more", use("c")),
      user(result("c", "C")),
    );
    const { tools: _, ...sent } = body({ ...told, ...offers("f", "g") });
    expect(sent).toEqual({
      message: "q\n\n[Said before the calls: once more]",
      chat_history: [
        { role: "USER", message: "0" },
        { role: "CHATBOT", message: "[Called f with {}]" },
        { role: "USER", message: "[Result: Z]" },
        { role: "CHATBOT", message: "so" },
      ],
      tool_results: [
        { call: { name: "g", parameters: {} }, outputs: [{ text: "B" }] },
        { call: { name: "f", parameters: { x: 1 } }, outputs: [{ text: '{"n":0}' }] },
        { call: { name: "f", parameters: {} }, outputs: [{ text: "C" }] },
      ],
    });
  });

  it("hears of results that came with further words", () => {
    const told = says(user("q"), assistant(use("a")), user(result("a", "A"), "and?"));
    expect(body({ ...told, ...offers("f") })).toMatchObject({
      message: "and?",
      tool_results: [{ call: { name: "f" }, outputs: [{ text: "A" }] }],
    });
  });

  it("cannot be forced to a tool: it is asked, and a note says so", () => {
    const { toolConfig } = offers("f", "g");
    const { adjustments } = fitFor(
      cohereCommandR,
      COMMAND_R,
      asks({ toolConfig: { ...toolConfig!, toolChoice: { any: {} } } }),
    );
    expect(adjustments).toMatchObject([{ param: "tool_choice", action: "emulated" }]);
  });
});

describe("Command R's answer", () => {
  const CALLS = [
    { name: "f", parameters: { x: 1 } },
    { name: "g", parameters: {} },
  ];

  it.each([
    ["COMPLETE", "end_turn"],
    ["MAX_TOKENS", "max_tokens"],
    ["STOP_SEQUENCE", "stop_sequence"],
    ["ERROR_TOXIC", "content_filtered"],
    ["ERROR_LIMIT", "model_context_window_exceeded"],
    ["ERROR", "malformed_model_output"],
  ])("that ends with %s ends with %s, whole and streamed", (finish_reason, stopReason) => {
    const answer = { content: [{ text: "hi" }], stopReason };
    expect(cohereCommandR.toAnswer({ text: "hi", finish_reason })).toEqual(answer);
    const chunks = [
      { event_type: "stream-start", is_finished: false },
      { event_type: "text-generation", text: "h" },
      { event_type: "text-generation", text: "i" },
      { event_type: "stream-end", finish_reason, response: { text: "hi" } },
    ];
    expect(foldChunks(cohereCommandR, chunks)).toEqual(answer);
  });

  it("says, cites and calls, whole and streamed", () => {
    const citations = [{ start: 0, end: 2, text: "hi", document_ids: ["f:0"] }];
    const whole = { text: "hi", citations, tool_calls: CALLS, finish_reason: "COMPLETE" };
    const chunks: JsonObject[] = [
      { event_type: "text-generation", text: "hi" },
      { event_type: "citation-generation", citations },
      { event_type: "tool-calls-generation", tool_calls: CALLS },
      { event_type: "constructor" },
      { event_type: "stream-end", finish_reason: "COMPLETE" },
    ];
    const cited = {
      citationsContent: {
        content: [{ text: "hi" }],
        citations: [{ title: "f:0", sourceContent: [{ text: "hi" }] }],
      },
    };
    const answer = {
      content: [cited, use("call_0", "f", { x: 1 }), use("call_1", "g")],
      stopReason: "tool_use",
    };
    expect(cohereCommandR.toAnswer(whole)).toEqual(answer);
    expect(foldChunks(cohereCommandR, chunks)).toEqual(answer);
  });

  it("never says the end when it did not come", () => {
    const events = readAll(cohereCommandR, [{ event_type: "text-generation", text: "hi" }]);
    expect(events.some((event) => event.messageStop)).toBe(false);
  });

  it("is not what has no text and no end", () => {
    expect(cohereCommandR.toAnswer({ message: "no" })).toBeUndefined();
  });
});
