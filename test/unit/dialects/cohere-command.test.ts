import { describe, expect, it } from "vitest";
import { cohereCommand } from "../../../src/dialects/cohere-command.ts";
import { asks, assistant, fields, says, system, user } from "../../support/conversations.ts";
import { bodyOf, folded, followsTheLaws, promptOf, streamed, ZEROS } from "./text-laws.ts";

describe("the prompt of Command", () => {
  it("is a lone question as it is, and says of several turns whose they are", () => {
    expect(bodyOf(cohereCommand, asks())).toEqual({ prompt: "q" });
    expect(promptOf(cohereCommand, { ...asks(), ...system("s") })).toBe("s\n\nq");
    expect(promptOf(cohereCommand, says(user("a"), assistant("b"), user("c")))).toBe(
      "User: a\nChatbot: b\nUser: c\nChatbot:",
    );
    expect(promptOf(cohereCommand, says(user("a"), assistant("{ ")))).toBe("User: a\nChatbot: {");
  });

  it("takes sampling under Cohere's names, zeros too, and is told to stream", () => {
    const conversation = { ...asks(ZEROS), ...fields({ top_k: 0, truncate: "END" }) };
    expect(bodyOf(cohereCommand, conversation, { stream: true })).toEqual({
      prompt: "q",
      max_tokens: 7,
      temperature: 0,
      p: 0,
      k: 0,
      stop_sequences: ["END"],
      truncate: "END",
      stream: true,
    });
  });
});

describe("the answer of Command", () => {
  it.each([
    ["COMPLETE", "end_turn"],
    ["MAX_TOKENS", "max_tokens"],
    ["ERROR_TOXIC", "content_filtered"],
    ["USER_CANCEL", "user_cancel"],
  ])("that is %s stopped by %s", (finish_reason, stopReason) => {
    const expected = { content: [{ text: "hi" }], stopReason };
    expect(cohereCommand.toAnswer({ generations: [{ id: "1", text: " hi", finish_reason }] })).toEqual(
      expected,
    );
    const chunks = [
      { text: " h", is_finished: false },
      { text: "i", is_finished: false },
      { is_finished: true, finish_reason },
    ];
    expect(folded(streamed(cohereCommand, chunks))).toEqual(expected);
  });

  it("that failed is none, whole or streamed", () => {
    const failed = { text: "hi", is_finished: true, finish_reason: "ERROR" };
    expect(cohereCommand.toAnswer({ generations: [failed] })).toBeUndefined();
    expect(() => streamed(cohereCommand, [failed])).toThrow("the generation failed");
  });

  followsTheLaws(cohereCommand, {
    whole: (text) => ({ generations: [{ text, finish_reason: "COMPLETE" }] }),
    chunk: (text) => ({ text, is_finished: false }),
    last: { is_finished: true, finish_reason: "COMPLETE" },
    texts: [" ", "User:"],
  });
});
