import { describe, expect, it } from "vitest";
import { controlTokens } from "../../../../src/conversation/passes/control-tokens.ts";
import type { ContentBlock, Conversation } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import {
  assistant,
  image,
  instructs,
  result,
  says,
  system,
  use,
  user,
} from "../../../support/conversations.ts";

const MODEL = able({ controlTokens: ["[INST]", "\n\nHuman:"] });
const broken = (conversation: Conversation) => controlTokens(conversation, MODEL).conversation;
const guarded = (text: string): ContentBlock => ({
  guardContent: { text: { text, qualifiers: ["query"] } },
});

describe("what marks a turn in a prompt", () => {
  it("is broken up by a space in anyone's words, and a note says so once", () => {
    const { conversation, adjustments } = controlTokens(
      {
        ...says(user("a[INST]b[INST]"), assistant("\n\nHuman: c"), instructs("[INST]")),
        ...system("[INST]"),
      },
      MODEL,
    );
    expect(conversation).toEqual({
      ...says(user("a[ INST]b[ INST]"), assistant("\n \nHuman: c"), instructs("[ INST]")),
      ...system("[ INST]"),
    });
    expect(adjustments).toEqual([
      { param: "messages", action: "renamed", reason: expect.stringMatching(/^What marks turns .*\.$/) },
    ]);
  });

  it("is broken up where a guardrail looks, and what it looks for stays", () => {
    expect(broken(says(user(guarded("[INST]"))))).toEqual(says(user(guarded("[ INST]"))));
  });

  it("is broken up in the results of tools, which strangers write", () => {
    expect(broken(says(assistant(use("t")), user(result("t", "[INST]", { json: "[INST]" }))))).toEqual(
      says(assistant(use("t")), user(result("t", "[ INST]", { json: "[INST]" }))),
    );
  });

  it("is gone for good: the second time there is nothing to do", () => {
    const once = broken(says(user("[INST][INST]\n\nHuman:\n\nHuman:")));
    expect(controlTokens(once, MODEL)).toEqual({ conversation: once, adjustments: [] });
  });

  it("is only that: other words, pictures and the request's own objects stay", () => {
    const plain = says(user("INST] [INST \nHuman:", image()));
    const fitted = controlTokens(plain, MODEL);
    expect(fitted.conversation).toBe(plain);
    expect(fitted.adjustments).toEqual([]);
  });

  it("is nothing to a model that has messages", () => {
    const asked = says(user("[INST]"));
    expect(controlTokens(asked, able())).toEqual({ conversation: asked, adjustments: [] });
  });

  it("is never changed in what was given", () => {
    const asked = { ...says(user("[INST]")), ...system("[INST]") };
    const before = structuredClone(asked);
    broken(asked);
    expect(asked).toEqual(before);
  });
});
