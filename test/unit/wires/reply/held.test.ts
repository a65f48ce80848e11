import { describe, expect, it } from "vitest";
import { createFold } from "../../../../src/wires/chat/stored/fold.ts";
import { charactersIn, createHeld } from "../../../../src/wires/reply/held.ts";
import { openResponse } from "../../../../src/wires/responses/reply/opening.ts";
import { createEventEditor } from "../../../../src/wires/responses/native/events.ts";

/** What is held of an answer until its end, where it has none. */

const MORE_THAN_ANY = "x".repeat(5 * 1024 * 1024);
const GIVEN_UP = expect.objectContaining({ status: 502, code: "model_error" });

describe("an answer that is held", () => {
  it("may be as long as the longest that models give, a token at a time", () => {
    const hold = createHeld();
    expect(() => {
      for (let token = 0; token < 200_000; token += 1) hold(4);
    }).not.toThrow();
  });

  it("is given up where it has no end, also where its pieces are empty", () => {
    const hold = createHeld(1_000);
    hold(900);
    expect(() => hold(100)).toThrow(GIVEN_UP);
    const empty = createHeld(1_000);
    expect(() => {
      for (let piece = 0; piece < 100; piece += 1) empty(0);
    }).toThrow(GIVEN_UP);
  });

  it.each([
    [{ text: "abc" }, 3],
    [{ toolUse: { input: "{}" } }, 2],
    [{ reasoningContent: { text: "hm" } }, 2],
    [{ reasoningContent: { redactedContent: "AAAA" } }, 4],
  ])("counts %j", (delta, characters) => {
    expect(charactersIn({ contentBlockDelta: { contentBlockIndex: 0, delta } })).toBe(characters);
  });

  it("is given up in a chat completion that is to be stored", () => {
    const chunk = {
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 0,
      model: "m",
      choices: [{ index: 0, delta: { content: MORE_THAN_ANY }, logprobs: null, finish_reason: null }],
    } as const;
    expect(() => createFold(1).push(chunk as never)).toThrow(GIVEN_UP);
  });

  it("is given up in a response that AWS streams in OpenAI's own events", () => {
    const opening = openResponse({ model: "m", input: "Hi" }, { id: "resp_1", createdAt: 0, model: "m" });
    const editor = createEventEditor(opening, { newId: (prefix) => prefix, now: () => 0 });
    const delta = { type: "response.output_text.delta", item_id: "msg_1", output_index: 0, content_index: 0 };
    expect(() => editor.push(JSON.stringify({ ...delta, delta: MORE_THAN_ANY }))).toThrow(GIVEN_UP);
  });
});
