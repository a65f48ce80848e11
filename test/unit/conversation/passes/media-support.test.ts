import { describe, expect, it } from "vitest";
import { mediaSupport } from "../../../../src/conversation/passes/media-support.ts";
import type { ContentBlock, Conversation, ToolResultBlock } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { audio, document, image, result, S3, says, user, video } from "../../../support/conversations.ts";

const KINDS = [
  ["images", image()],
  ["documents", document("d")],
  ["video", video()],
  ["audio", audio()],
] as const;

const refusal = (conversation: Conversation, traits = able(), places = new Map()): unknown => {
  try {
    mediaSupport(conversation, traits, places);
    return undefined;
  } catch (thrown) {
    return thrown;
  }
};

describe("media", () => {
  it.each(KINDS)("pass to a model that takes %s", (_, block) => {
    const seen = says(user("q", block));
    expect(mediaSupport(seen, able(), new Map())).toEqual({ conversation: seen, adjustments: [] });
  });

  it.each(KINDS)(
    "are refused where the model takes no %s: a blind answer would look like one that saw",
    (trait, block) => {
      expect(refusal(says(user("q", block)), able({ [trait]: false }))).toMatchObject({
        status: 400,
        code: "unsupported_value",
        message: `Invalid 'messages': this model does not accept ${trait}.`,
      });
    },
  );

  it.each(KINDS.slice(0, 3))("are refused also inside a tool result: %s", (trait, block) => {
    expect(
      refusal(says(user(result("a", block as ToolResultBlock))), able({ [trait]: false })),
    ).toMatchObject({ status: 400 });
  });

  it.each(KINDS)("of other kinds do not matter to a model without %s", (trait) => {
    const others = KINDS.filter(([name]) => name !== trait).map(([, block]) => block);
    expect(refusal(says(user("q", ...others)), able({ [trait]: false }))).toBeUndefined();
  });
});

describe("the refusal", () => {
  it("names the caller's own parameter where it is known", () => {
    const block = image();
    const places = new Map([[block, "messages[0].content[1]"]]);
    expect(refusal(says(user("q", block)), able({ images: false }), places)).toMatchObject({
      param: "messages[0].content[1]",
      message: "Invalid 'messages[0].content[1]': this model does not accept images.",
    });
  });

  it("names the tool message where a part of it has no place of its own", () => {
    const answer = result("a", image());
    const places = new Map([[answer, "messages[2]"]]);
    expect(refusal(says(user(answer)), able({ images: false }), places)).toMatchObject({
      param: "messages[2]",
    });
  });
});

describe("media in S3", () => {
  it.each([
    ["image", image("png", S3)],
    ["document", document("d", "pdf", S3)],
    ["video", video(S3)],
    ["audio", audio(S3)],
  ])("are refused by models that do not read from there: %s", (_, block) => {
    expect(refusal(says(user("q", block)))).toBeUndefined();
    expect(refusal(says(user("q", block)), able({ s3Media: false }))).toMatchObject({
      status: 400,
      message: "Invalid 'messages': this model does not read from s3://; send the data itself.",
    });
  });
});

describe("more media than Converse takes", () => {
  it.each<[string, number, () => ContentBlock]>([
    ["images", 20, () => image()],
    ["documents", 5, () => document("d")],
  ])("of %s: %i pass, one more is refused", (plural, most, make) => {
    const several = (count: number) => says(user("q", ...Array.from({ length: count }, make)));
    expect(refusal(several(most))).toBeUndefined();
    expect(refusal(several(most + 1))).toMatchObject({
      status: 400,
      message: `Invalid 'messages': Bedrock takes at most ${most} ${plural} in a request.`,
    });
  });

  it("is counted over all turns and tool results", () => {
    const turn = () => user("q", ...Array.from({ length: 10 }, () => image()));
    expect(refusal(says(turn(), turn(), user(result("a", image()))))).toMatchObject({ status: 400 });
  });
});
