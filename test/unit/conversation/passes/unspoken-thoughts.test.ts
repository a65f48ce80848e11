import { describe, expect, it } from "vitest";
import { unspokenThoughts } from "../../../../src/conversation/passes/unspoken-thoughts.ts";
import { able } from "../../../support/chat-models.ts";
import { assistant, redacted, says, thought, user } from "../../../support/conversations.ts";

const SIGNED = thought("hm", "sig");
const HIDDEN = redacted("AAAA");
const signs = able({ reasoningReplay: "signed" });

describe("a thought that nothing was said after", () => {
  it.each([
    [
      "at the end of a turn",
      says(user("q"), assistant(SIGNED, "a", SIGNED, HIDDEN), user("r")),
      says(user("q"), assistant(SIGNED, "a"), user("r")),
    ],
    ["that is the whole turn", says(user("q"), assistant(SIGNED), user("r")), says(user("q", "r"))],
    ["that is the last turn", says(user("q"), assistant(HIDDEN)), says(user("q"))],
  ])("is left out %s, and that is told", (_, given, left) => {
    const { conversation, adjustments } = unspokenThoughts(given, signs);
    expect(conversation).toEqual(left);
    expect(adjustments).toMatchObject([{ param: "messages", action: "dropped" }]);
  });

  it.each([
    ["words are behind it", says(user("q"), assistant(SIGNED, "a"), user("r")), signs],
    [
      "the model does not mind",
      says(user("q"), assistant(HIDDEN), user("r")),
      able({ reasoningReplay: "encrypted" }),
    ],
  ])("stays where %s", (_, given, traits) => {
    expect(unspokenThoughts(given, traits)).toEqual({ conversation: given, adjustments: [] });
  });
});
