import { describe, expect, it } from "vitest";
import { anthropicText } from "../../../src/dialects/anthropic-text.ts";
import { asks, assistant, fields, says, system, user } from "../../support/conversations.ts";
import { bodyOf, folded, followsTheLaws, promptOf, streamed, ZEROS } from "./text-laws.ts";

const V2 = { family: "anthropic.claude-v2:1" };
const SNARKY = system("You are a snarky assistant.");
const BOIL = user("How do I boil water?");

describe("the prompt of Claude 2", () => {
  it("opens with the instructions, raw, and ends where Claude is to speak", () => {
    expect(bodyOf(anthropicText, { ...says(BOIL), ...SNARKY }, V2)).toEqual({
      prompt: "You are a snarky assistant.\n\nHuman: How do I boil water?\n\nAssistant:",
      max_tokens_to_sample: 4096,
    });
  });

  it("tells several turns", () => {
    const prompt = promptOf(anthropicText, says(user("a", "b"), assistant("c"), user("d")));
    expect(prompt).toBe("\n\nHuman: a\n\nb\n\nAssistant: c\n\nHuman: d\n\nAssistant:");
  });

  it("ends on what Claude is to continue, without a blank after it", () => {
    const prompt = promptOf(anthropicText, says(BOIL, assistant("{ ")));
    expect(prompt).toBe("\n\nHuman: How do I boil water?\n\nAssistant: {");
  });

  it("takes sampling as it was asked for, zeros too", () => {
    expect(bodyOf(anthropicText, { ...asks(ZEROS), ...fields({ top_k: 0, extra: 1 }) }, V2)).toEqual({
      prompt: "\n\nHuman: q\n\nAssistant:",
      max_tokens_to_sample: 7,
      temperature: 0,
      top_p: 0,
      stop_sequences: ["END"],
      top_k: 0,
      extra: 1,
    });
    const greedy = asks({ inferenceConfig: { maxTokens: 100_000 } });
    expect(bodyOf(anthropicText, greedy)["max_tokens_to_sample"]).toBe(4096);
  });
});

describe("the answer of Claude 2", () => {
  it.each([
    ["stop_sequence", "\n\nHuman:", "end_turn"],
    ["stop_sequence", null, "end_turn"],
    ["stop_sequence", "END", "stop_sequence"],
    ["max_tokens", null, "max_tokens"],
    ["New_Reason", null, "new_reason"],
  ])("that stopped by %s at %j stopped by %s", (stop_reason, stop, stopReason) => {
    const body = { completion: "  hi", stop_reason, stop };
    expect(anthropicText.toAnswer(body)).toEqual({ content: [{ text: " hi" }], stopReason });
    expect(
      folded(
        streamed(anthropicText, [
          { completion: "  hi", stop_reason: null },
          { ...body, completion: "" },
        ]),
      ),
    ).toEqual({ content: [{ text: " hi" }], stopReason });
  });

  it("loses one blank at its beginning, also where that comes alone", () => {
    const chunks = ["", " ", "hi", " you"].map((completion) => ({
      completion,
      stop_reason: null,
      stop: null,
    }));
    const texts = streamed(anthropicText, chunks).flatMap(
      (event) => event.contentBlockDelta?.delta.text ?? [],
    );
    expect(texts).toEqual(["hi", " you"]);
  });

  followsTheLaws(anthropicText, {
    whole: (completion) => ({ completion, stop_reason: "max_tokens", stop: null }),
    chunk: (completion) => ({ completion, stop_reason: null, stop: null }),
    last: { completion: "", stop_reason: "max_tokens", stop: null },
    texts: [" ", "\n\nHuman:"],
  });
});
