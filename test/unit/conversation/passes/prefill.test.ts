import { describe, expect, it } from "vitest";
import { prefill } from "../../../../src/conversation/passes/prefill.ts";
import { able } from "../../../support/chat-models.ts";
import { assistant, fields, image, instructs, says, user } from "../../../support/conversations.ts";

const ADDED = {
  param: "messages",
  action: "added",
  reason: "This model does not continue an assistant message; 'Please continue.' was put after it.",
};
const TRIMMED = {
  param: "messages",
  action: "dropped",
  reason: "Bedrock refuses blanks at the end of an assistant message that is to be continued.",
};
const CONTINUE = user("Please continue.");

describe("a conversation that ends on the assistant", () => {
  const begun = says(user("q"), assistant("{"));

  it("is continued where the model can", () => {
    expect(prefill(begun, able())).toEqual({ conversation: begun, adjustments: [] });
  });

  it("is refused by models that cannot, so they are asked to continue", () => {
    expect(prefill(begun, able({ prefill: false }))).toEqual({
      conversation: says(user("q"), assistant("{"), CONTINUE),
      adjustments: [ADDED],
    });
  });

  it.each(["enabled", "adaptive", "between_tools"])("is refused by a Claude that thinks: %s", (type) => {
    const thinking = { ...begun, ...fields({ thinking: { type } }) };
    const { conversation, adjustments } = prefill(thinking, able());
    expect(conversation.messages.at(-1)).toEqual(CONTINUE);
    expect(adjustments).toEqual([ADDED]);
  });

  it.each(["{ ", "{\n", "{\t \n"])("may not end in blanks: %j", (text) => {
    expect(prefill(says(user("q"), assistant("a ", text)), able())).toEqual({
      conversation: says(user("q"), assistant("a ", "{")),
      adjustments: [TRIMMED],
    });
  });

  it("keeps its blanks where something follows anyway", () => {
    const { conversation } = prefill(says(user("q"), assistant("{ ")), able({ prefill: false }));
    expect(conversation.messages[1]).toEqual(assistant("{ "));
  });

  it("is asked only once", () => {
    const once = prefill(begun, able({ prefill: false })).conversation;
    expect(prefill(once, able({ prefill: false }))).toEqual({ conversation: once, adjustments: [] });
  });
});

it.each([
  ["the user", says(user("q "))],
  ["the user's picture", says(user("q"), assistant("a"), user(image()))],
  ["instructions", says(user("q"), instructs("s "))],
  ["nobody", says()],
])("leaves a conversation alone that ends on %s", (_, conversation) => {
  expect(prefill(conversation, able({ prefill: false }))).toEqual({ conversation, adjustments: [] });
});
