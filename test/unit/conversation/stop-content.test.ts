import { describe, expect, it } from "vitest";
import { cutResponse } from "../../../src/conversation/stop-content.ts";
import type { ContentBlock, ConverseResponse } from "../../../src/conversation/types.ts";
import { thought, use } from "../../support/conversations.ts";

const USAGE = { inputTokens: 1, outputTokens: 9, totalTokens: 10 };

const response = (content: ContentBlock[], stopReason = "end_turn"): ConverseResponse => ({
  output: { message: { role: "assistant", content } },
  stopReason,
  usage: USAGE,
});
const text = (said: string): ContentBlock => ({ text: said });
const cited = (...said: string[]): ContentBlock => ({
  citationsContent: { content: said.map((each) => ({ text: each })), citations: [{ title: "T" }] },
});

const cut = (...content: ContentBlock[]): ContentBlock[] =>
  cutResponse(response(content), ["END"]).output.message.content;

describe("a whole answer is cut at its first stop sequence", () => {
  it("and says why it ended, and what all of it cost", () => {
    expect(cutResponse(response([text("a END b")], "max_tokens"), ["END"])).toEqual(
      response([text("a ")], "stop_sequence"),
    );
  });

  it.each<[danger: string, content: ContentBlock[], left: ContentBlock[]]>([
    ["torn over blocks", [text("a E"), text("ND b")], [text("a ")]],
    ["torn over three", [text("a E"), text("N"), text("D b")], [text("a ")]],
    ["at a block's beginning", [text("a"), text("END")], [text("a")]],
    ["of which nothing is left", [text("END")], []],
    ["with the calls after it", [text("a END"), use("t")], [text("a ")]],
    ["and not the calls before it", [use("t"), text("a END")], [use("t"), text("a ")]],
    ["after a thought", [thought("END"), text("a END")], [thought("END"), text("a ")]],
    ["within cited text, without its citations", [cited("a E", "ND b")], [text("a ")]],
    ["behind cited text, with its citations", [cited("a"), text("END")], [cited("a")]],
  ])("%s", (_, content, left) => expect(cut(...content)).toEqual(left));

  it.each<[danger: string, content: ContentBlock[]]>([
    ["has none", [text("a EN"), text("d")]],
    ["only thinks it", [thought("END"), text("a")]],
    ["only calls with it", [use("t", "f", { a: "END" })]],
    ["has it across a thought", [text("E"), thought("hm"), text("ND")]],
    ["has it across a call", [text("E"), use("t"), text("ND")]],
  ])("and stays as it is where it %s", (_, content) => {
    const whole = response(content);
    expect(cutResponse(whole, ["END"])).toBe(whole);
  });

  it("but a guardrail that spoke is still told of", () => {
    const blocked = cutResponse(response([text("No. END")], "guardrail_intervened"), ["END"]);
    expect(blocked.stopReason).toBe("guardrail_intervened");
  });

  it("at no cost where none is asked for", () => {
    const whole = response([text("a END b")]);
    expect(cutResponse(whole, [])).toBe(whole);
  });
});
