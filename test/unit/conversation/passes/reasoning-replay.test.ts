import { describe, expect, it } from "vitest";
import { reasoningReplay } from "../../../../src/conversation/passes/reasoning-replay.ts";
import type { Traits } from "../../../../src/conversation/traits.ts";
import { able } from "../../../support/chat-models.ts";
import { assistant, redacted, says, thought, user } from "../../../support/conversations.ts";

const SIGNED = thought("hm", "sig");
const HIDDEN = thought("", "sig");
const UNSIGNED = thought("hm");
const FORGOTTEN = thought("hm", "");
const ENCRYPTED = redacted("AAAA");
const all = [SIGNED, HIDDEN, UNSIGNED, FORGOTTEN, ENCRYPTED];

const replayed = (replay: Traits["reasoningReplay"], blocks = all) =>
  reasoningReplay(says(user("q"), assistant(...blocks, "a")), able({ reasoningReplay: replay }));

describe("earlier reasoning", () => {
  it.each<[Traits["reasoningReplay"], typeof all]>([
    ["signed", [SIGNED, HIDDEN, ENCRYPTED]],
    ["encrypted", [ENCRYPTED]],
    ["none", []],
  ])("goes back to a model that takes it %s; all other is refused", (replay, kept) => {
    const { conversation, adjustments } = replayed(replay);
    expect(conversation).toEqual(says(user("q"), assistant(...kept, "a")));
    expect(adjustments).toEqual([
      {
        param: "messages",
        action: "dropped",
        reason: "Earlier reasoning that this model does not take back is not sent.",
      },
    ]);
  });

  it("that is signed goes back unchanged: a signature holds for the letter", () => {
    const { conversation, adjustments } = replayed("signed", [SIGNED, ENCRYPTED]);
    expect(conversation.messages[1]!.content[0]).toBe(SIGNED);
    expect(adjustments).toEqual([]);
  });

  it("that there was none of is not noted", () => {
    expect(replayed("none", []).adjustments).toEqual([]);
  });

  it("leaves an empty turn rather than a hole in the conversation", () => {
    const { messages } = reasoningReplay(says(user("q"), assistant(UNSIGNED)), able()).conversation;
    expect(messages).toEqual([user("q"), assistant()]);
  });
});
