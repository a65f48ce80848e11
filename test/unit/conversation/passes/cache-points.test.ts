import { describe, expect, it } from "vitest";
import { cachePoints } from "../../../../src/conversation/passes/cache-points.ts";
import type { Conversation } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import {
  asks,
  assistant,
  document,
  point,
  result,
  says,
  system,
  thought,
  tool,
  use,
  user,
} from "../../../support/conversations.ts";

const UNSUPPORTED = {
  param: "cache_control",
  action: "dropped",
  reason: "This model does not cache prompts there.",
};

const fitted = (conversation: Conversation, traits = able()) => cachePoints(conversation, traits);
const messagesOf = (conversation: Conversation, traits = able()) =>
  fitted(conversation, traits).conversation.messages;

const everywhere: Conversation = {
  ...asks({ messages: [user("q", point())] }),
  ...system("s", point()),
  toolConfig: { tools: [tool("f"), point()] },
};

describe("cache points on a model", () => {
  it("that caches everywhere stay where they are", () => {
    expect(fitted(everywhere)).toEqual({ conversation: everywhere, adjustments: [] });
  });

  it("that does not cache are refused by AWS, so they go, and a note says so", () => {
    const { conversation, adjustments } = fitted(everywhere, able({ cachePoints: [] }));
    expect(conversation).toEqual({ ...asks(), ...system("s"), toolConfig: { tools: [tool("f")] } });
    expect(adjustments).toEqual([UNSUPPORTED]);
  });

  it("that caches no tools keep the others", () => {
    const { conversation, adjustments } = fitted(everywhere, able({ cachePoints: ["system", "messages"] }));
    expect(conversation).toEqual({ ...everywhere, toolConfig: { tools: [tool("f")] } });
    expect(adjustments).toEqual([UNSUPPORTED]);
  });

  it("that were not asked for are none, and nothing is noted", () => {
    expect(fitted(asks(), able({ cachePoints: [] }))).toEqual({ conversation: asks(), adjustments: [] });
  });
});

describe("a cache point that AWS refuses where it stands", () => {
  it("has nothing before it", () => {
    expect(messagesOf(says(user(point(), "q")))).toEqual([user("q")]);
  });

  it("follows another", () => {
    expect(messagesOf(says(user("q", point(), point("1h"))))).toEqual([user("q", point())]);
  });

  it("follows reasoning", () => {
    const answer = assistant(thought("hm", "sig"), point(), "a");
    expect(messagesOf(says(user("q"), answer))[1]).toEqual(assistant(thought("hm", "sig"), "a"));
  });

  it.each(["txt", "csv", "docx", "md"] as const)("follows a document that is no PDF: %s", (format) => {
    expect(messagesOf(says(user("q", document("d", format), point())))).toEqual([
      user("q", document("d", format)),
    ]);
  });

  it("does not follow a PDF, a call or a result: those may be cached", () => {
    const good = says(
      user("q", document("d", "pdf"), point()),
      assistant(use("a"), point()),
      user(result("a"), point()),
    );
    expect(fitted(good)).toEqual({ conversation: good, adjustments: [] });
  });
});

describe("more cache points than the four that AWS takes", () => {
  it("leave the last four, which cover the most, in the order tools, system, messages", () => {
    const many: Conversation = {
      messages: [user("a", point(), "b", point()), assistant("c", point())],
      ...system("s", point()),
      toolConfig: { tools: [tool("f"), point(), tool("g"), point()] },
    };
    const { conversation, adjustments } = fitted(many);
    expect(conversation).toEqual({ ...many, toolConfig: { tools: [tool("f"), tool("g")] } });
    expect(adjustments).toEqual([
      {
        param: "cache_control",
        action: "dropped",
        reason: "Bedrock takes at most 4 cache points; those that cover the most are kept.",
      },
    ]);
  });

  it("are counted after those that go anyway", () => {
    const four = user("a", point(), "b", point(), "c", point(), "d", point());
    const { conversation, adjustments } = fitted(says(user(point(), "q"), assistant("x"), four));
    expect(conversation.messages[2]).toEqual(four);
    expect(adjustments).toEqual([]);
  });
});

describe("an hour of cache", () => {
  const SHORTENED = [expect.objectContaining({ param: "cache_control.ttl", action: "clamped" })];

  it("is kept where the model has it", () => {
    const long = says(user("a", point("1h")), assistant("b", point("5m")));
    expect(fitted(long)).toEqual({ conversation: long, adjustments: [] });
  });

  it("is refused by models without it, so it becomes what they have", () => {
    const { conversation, adjustments } = fitted(says(user("a", point("1h"))), able({ cacheTtl: false }));
    expect(conversation).toEqual(says(user("a", point())));
    expect(adjustments).toEqual(SHORTENED);
  });

  it.each([point("5m"), point()])("may not come after five minutes (%j)", (short) => {
    const { conversation, adjustments } = fitted(says(user("a", short, "b", point("1h"))));
    expect(conversation).toEqual(says(user("a", short, "b", point())));
    expect(adjustments).toEqual(SHORTENED);
  });

  it("counts from the tools on: a short-lived point there ends the hour for the messages", () => {
    const { conversation } = fitted({
      ...says(user("a", point("1h"))),
      toolConfig: { tools: [tool("f"), point()] },
    });
    expect(conversation.messages).toEqual([user("a", point())]);
  });

  it("five minutes are not spelt out for a model that knows no lifetimes, and that loses nothing", () => {
    expect(fitted(says(user("a", point("5m"))), able({ cacheTtl: false }))).toEqual({
      conversation: says(user("a", point())),
      adjustments: [],
    });
  });
});
