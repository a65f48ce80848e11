import { describe, expect, it } from "vitest";
import { mistralChat } from "../../../src/dialects/mistral-chat.ts";
import {
  asks,
  assistant,
  fields,
  image,
  IMAGES,
  offers,
  result,
  says,
  system,
  use,
  user,
} from "../../support/conversations.ts";
import { bodyFor, messagesFor } from "./body-of.ts";
import { foldChunks } from "./fold-events.ts";

const LARGE = "mistral.mistral-large-2407-v1:0";
const body = bodyFor(mistralChat, LARGE);

const ONE = "abcdefgh1";
const TWO = "abcdefgh2";

describe("a conversation in Mistral's words", () => {
  it("keeps zeros, and what the body does not know stays away", () => {
    const inferenceConfig = { maxTokens: 1, temperature: 0, topP: 0, stopSequences: ["END"] };
    expect(body(asks({ inferenceConfig, ...fields({ top_k: 3, seed: 1 }) }), true)).toEqual({
      messages: [{ role: "user", content: "q" }],
      max_tokens: 1,
      temperature: 0,
      top_p: 0,
    });
  });

  it("has a text in every message, also beside calls, which have no type", () => {
    const calls = assistant(use(ONE, "f", { x: 1 }), use(TWO, "g"));
    const told = says(user("q"), calls, user(result(TWO, "B"), result(ONE, "A")));
    expect(body({ ...told, ...system("s"), ...offers("f", "g") })["messages"]).toEqual([
      { role: "system", content: "s" },
      { role: "user", content: "q" },
      {
        role: "assistant",
        content: "",
        tool_calls: [
          { id: ONE, function: { name: "f", arguments: '{"x":1}' } },
          { id: TWO, function: { name: "g", arguments: "{}" } },
        ],
      },
      { role: "tool", tool_call_id: TWO, content: "B" },
      { role: "tool", tool_call_id: ONE, content: "A" },
    ]);
  });

  it("has ids of nine letters and digits, the same for a call and its result", () => {
    const told = says(user("q"), assistant(use("call_0")), user(result("call_0")));
    const sent = body({ ...told, ...offers("f") })["messages"] as { tool_call_id?: string }[];
    expect(sent[2]?.tool_call_id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(sent[1]).toMatchObject({ tool_calls: [{ id: sent[2]?.tool_call_id }] });
  });

  it.each([
    [{ auto: {} }, "auto"],
    [{ any: {} }, "any"],
    [{ tool: { name: "f" } }, "any"],
  ])("chooses tools in three words: %j", (toolChoice, expected) => {
    const { toolConfig } = offers("f", "g");
    expect(body(asks({ toolConfig: { ...toolConfig!, toolChoice } }))["tool_choice"]).toBe(expected);
  });

  it("shows Pixtral images", () => {
    const pixtral = messagesFor(mistralChat, "mistral.pixtral-large-2502-v1:0");
    expect(pixtral(says(user("look", image())))).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "look" },
          { type: "image_url", image_url: { url: `data:image/png;base64,${IMAGES.png}` } },
        ],
      },
    ]);
  });
});

describe("Mistral's answer", () => {
  const call = { id: ONE, function: { name: "f", arguments: '{"x":1}' } };

  it.each([
    ["stop", "end_turn"],
    ["length", "max_tokens"],
    ["model_length", "model_context_window_exceeded"],
  ])("ends by stop_reason %s with %s, whole and streamed", (stop_reason, stopReason) => {
    const message = { role: "assistant", content: "hi" };
    const answer = { content: [{ text: "hi" }], stopReason };
    expect(mistralChat.toAnswer({ choices: [{ index: 0, message, stop_reason }] })).toEqual(answer);
    const chunks = [
      { choices: [{ index: 0, message: { ...message, content: "h" }, stop_reason: null }] },
      { choices: [{ index: 0, message: { ...message, content: "i" }, stop_reason }] },
    ];
    expect(foldChunks(mistralChat, chunks)).toEqual(answer);
  });

  it("calls tools that nobody has numbered", () => {
    const message = { role: "assistant", content: "", tool_calls: [call, { ...call, id: TWO }] };
    const answer = { content: [use(ONE, "f", { x: 1 }), use(TWO, "f", { x: 1 })], stopReason: "tool_use" };
    const body = { choices: [{ index: 0, message, stop_reason: "tool_calls" }] };
    expect(mistralChat.toAnswer(body)).toEqual(answer);
    expect(foldChunks(mistralChat, [body])).toEqual(answer);
  });
});
