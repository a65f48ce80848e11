import { describe } from "vitest";
import { answers, asks, call, doc, point, result, tool, user, withTools } from "./conversations.ts";
import { byModel, judge } from "./judge.ts";
import { CLAUDE_4_5, NOVA, OPUS_5_5, QWEN, SONNET_4 } from "./models.ts";
import { says } from "./support.ts";

describe("cache points", () => {
  const nothing = "400 There is nothing available to cache.";
  const many = (count: number) => ({
    messages: [user(...Array.from({ length: count }, () => [{ text: "a" }, point()]).flat())],
  });
  judge([
    ["after text", { messages: [user({ text: "a" }, point())] }, "accepted", CLAUDE_4_5],
    ["first in a message", { messages: [user(point(), { text: "a" })] }, nothing, CLAUDE_4_5],
    [
      "first in a later message",
      { messages: [says("a"), answers({ text: "b" }), user(point(), { text: "a" })] },
      nothing,
      CLAUDE_4_5,
    ],
    ["first in the system prompt", asks({ system: [point(), { text: "a" }] }), nothing, CLAUDE_4_5],
    ["four", many(4), "accepted", CLAUDE_4_5],
    [
      "five",
      many(5),
      `${byModel}A maximum of 4 blocks with cache_control may be provided. Found 5.`,
      CLAUDE_4_5,
    ],
    [
      "an hour after five minutes",
      { messages: [user({ text: "a" }, point(), { text: "b" }, point("1h"))] },
      `${byModel}a ttl='1h' cache_control block must not come after`,
      CLAUDE_4_5,
    ],
    [
      "five minutes after an hour",
      { messages: [user({ text: "a" }, point("1h"), { text: "b" }, point())] },
      "accepted",
      CLAUDE_4_5,
    ],
    [
      "after reasoning",
      {
        messages: [
          says("a"),
          answers({ reasoningContent: { reasoningText: { text: "x", signature: "s" } } }, point(), {
            text: "b",
          }),
          says("c"),
        ],
      },
      "400 Cache point cannot be inserted after reasoning block.",
      CLAUDE_4_5,
    ],
    [
      "after a text document",
      { messages: [user({ text: "a" }, doc("b"), point())] },
      `${byModel}messages.0.content.2.type: Field required`,
      CLAUDE_4_5,
    ],
    [
      "after a PDF",
      { messages: [user({ text: "a" }, doc("b", { format: "pdf" }), point())] },
      "accepted",
      CLAUDE_4_5,
    ],
    [
      "on a model without a cache",
      { messages: [user({ text: "a" }, point())] },
      "403 You invoked an unsupported model or your request did not allow prompt caching.",
      QWEN,
    ],
    [
      "behind Nova's tools",
      asks({ toolConfig: { tools: [tool(), point()] } }),
      "403 You invoked an unsupported model",
      NOVA,
    ],
    ["an hour on Sonnet 4.5", { messages: [user({ text: "a" }, point("1h"))] }, "accepted", CLAUDE_4_5],
    ["an hour on Claude 5", { messages: [user({ text: "a" }, point("1h"))] }, "accepted", OPUS_5_5],
    [
      "an hour on an older Claude",
      { messages: [user({ text: "a" }, point("1h"))] },
      `${byModel}cache_control.ephemeral.ttl: Extra inputs are not permitted`,
      SONNET_4,
    ],
    [
      "five minutes on an older Claude",
      { messages: [user({ text: "a" }, point("5m"))] },
      "accepted",
      SONNET_4,
    ],
    [
      "an hour on Nova",
      { messages: [user({ text: "a" }, point("1h"))] },
      "400 Extended TTL prompt caching is only supported for Anthropic models",
      NOVA,
    ],
    ["five minutes on Nova", { messages: [user({ text: "a" }, point("5m"))] }, "accepted", NOVA],
    [
      "inside a tool result",
      withTools(says("a"), answers(call("1")), user(result("1", { text: "b" }, point()))),
      "400 ToolResultContentBlock object at messages.2.content.0.toolResult.content.1 must set one of the following keys:",
      CLAUDE_4_5,
    ],
  ]);
});
