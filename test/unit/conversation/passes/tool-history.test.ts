import { describe, expect, it } from "vitest";
import { toolHistory } from "../../../../src/conversation/passes/tool-history.ts";
import {
  assistant,
  document,
  image,
  offers,
  point,
  result,
  round,
  says,
  thought,
  use,
  user,
  video,
} from "../../../support/conversations.ts";

const TOLD = {
  param: "messages",
  action: "emulated",
  reason: "No tool may be called in this request; earlier tool calls and results are told as text.",
};

describe("tool calls in a history that offers no tool, which AWS refuses", () => {
  it("are told as text, so that no tool has to be offered that could be called", () => {
    const { conversation, adjustments } = toolHistory(says(...round("a", "get_weather")));
    expect(conversation).toEqual(
      says(user("q"), assistant("[Called get_weather with {}]"), user("[Result: ok]")),
    );
    expect(adjustments).toEqual([TOLD]);
  });

  it("are told with what they asked and what came back, in order", () => {
    const { messages } = toolHistory(
      says(
        user("q"),
        assistant(thought("hm"), "Let me see.", use("a", "f", { city: "Paris" }), use("b", "g")),
        user(result("b", "2", { json: { n: 3 } }), result("a"), point(), "thanks"),
      ),
    ).conversation;
    expect(messages[1]).toEqual(
      assistant(thought("hm"), "Let me see.", '[Called f with {"city":"Paris"}]', "[Called g with {}]"),
    );
    expect(messages[2]).toEqual(user('[Result: 2\n{"n":3}]', "[Result: ok]", point(), "thanks"));
  });

  it("lose none of the files that came back: the user's turn takes them as they are", () => {
    const files = [image(), document("d", "pdf"), video()];
    const { messages } = toolHistory(says(user(result("a", "seen", ...files)))).conversation;
    expect(messages[0]).toEqual(user("[Result: seen]", ...files));
  });

  it("leave no block that is blank, also where nothing came back", () => {
    const { messages } = toolHistory(
      says(user({ toolResult: { toolUseId: "a", content: [] } })),
    ).conversation;
    expect(messages[0]).toEqual(user("[Result: ]"));
  });

  it("stay calls where a tool is offered, of whatever name", () => {
    const history = { ...says(...round("a", "f")), ...offers("g") };
    expect(toolHistory(history)).toEqual({ conversation: history, adjustments: [] });
  });
});

it("leaves a history without calls alone", () => {
  const spoken = says(user("q"), assistant("a"));
  expect(toolHistory(spoken)).toEqual({ conversation: spoken, adjustments: [] });
});
