import { describe, expect, it } from "vitest";
import { traitsOf } from "../../../../src/bedrock/traits/traits.ts";
import { autoCache } from "../../../../src/conversation/auto-cache.ts";
import type { CachePoint, Conversation } from "../../../../src/conversation/types.ts";
import { chatRequest } from "../../../../src/openai/chat-request.ts";
import { decode } from "../../../../src/wires/chat/decode.ts";

const ephemeral = { type: "ephemeral" };
const POINT = { cachePoint: { type: "default" } };
const tool = { type: "function", function: { name: "f", parameters: { type: "object" } } };
const MESSAGES = [
  { role: "system", content: "Rules." },
  { role: "user", content: "One" },
  { role: "assistant", content: "Two" },
  { role: "user", content: "Three" },
];

const CLAUDE = traitsOf("anthropic.claude-sonnet-4-5-20250929-v1:0");

/** What is cached of it on a model that caches everywhere. */
function decoded(body: object, promptCache: "auto" | "explicit" = "explicit"): Conversation {
  const request = chatRequest.parse({ model: "m", messages: MESSAGES, ...body });
  const { conversation, autoCache: wanted } = decode(request, { promptCache });
  return wanted ? autoCache(conversation, CLAUDE, wanted.ttl) : conversation;
}

/** Where the points stand: `tools`, `system`, and the indexes of messages. */
function placed({ toolConfig, system, messages }: Conversation): unknown[] {
  const points = (items: readonly { cachePoint?: CachePoint }[] = []): CachePoint[] =>
    items.flatMap((item) => item.cachePoint ?? []);
  return [
    ...points(toolConfig?.tools).map(() => "tools"),
    ...points(system).map(() => "system"),
    ...messages.flatMap(({ content }, index) => points(content).map(() => index)),
  ];
}

describe("what is marked for the cache", () => {
  it("is cached up to and with the part that carries the mark, in either vendor's words", () => {
    for (const mark of [{ cache_control: ephemeral }, { prompt_cache_breakpoint: { mode: "explicit" } }]) {
      const content = [
        { type: "text", text: "a", ...mark },
        { type: "text", text: "b" },
      ];
      const { messages } = decoded({ messages: [{ role: "user", content }] });
      expect(messages[0]!.content).toEqual([{ text: "a" }, POINT, { text: "b" }]);
    }
  });

  it.each([
    ["a system message", { role: "system", content: "s", cache_control: ephemeral }, ["system"]],
    [
      "a system part",
      { role: "system", content: [{ type: "text", text: "s", cache_control: ephemeral }] },
      ["system"],
    ],
    ["a user message", { role: "user", content: "u", cache_control: ephemeral }, [0]],
    ["an assistant message", { role: "assistant", content: "a", cache_control: ephemeral }, [0]],
  ])("%s", (_, message, expected) => {
    expect(placed(decoded({ messages: [message, { role: "user", content: "q" }] }))).toEqual(expected);
  });

  it("a tool call, a tool's result and a part of one: always beside the block, never inside it", () => {
    const call = {
      id: "a",
      type: "function",
      function: { name: "f", arguments: "{}" },
      cache_control: ephemeral,
    };
    const part = { type: "text", text: "ok", cache_control: { type: "ephemeral", ttl: "1h" } };
    const { messages } = decoded({
      messages: [
        { role: "user", content: "q" },
        { role: "assistant", tool_calls: [call] },
        { role: "tool", tool_call_id: "a", content: [part] },
      ],
    });
    expect(messages[1]!.content).toEqual([{ toolUse: { toolUseId: "a", name: "f", input: {} } }, POINT]);
    expect(messages[2]!.content).toEqual([
      { toolResult: { toolUseId: "a", content: [{ text: "ok" }] } },
      { cachePoint: { type: "default", ttl: "1h" } },
    ]);
  });

  it("a tool", () => {
    const tools = [
      { ...tool, cache_control: ephemeral },
      { ...tool, function: { name: "g" } },
    ];
    expect(decoded({ tools }).toolConfig!.tools.map((each) => Object.keys(each)[0])).toEqual([
      "toolSpec",
      "cachePoint",
      "toolSpec",
    ]);
  });

  it("has no lifetime that AWS does not know", () => {
    const cache_control = { type: "ephemeral", ttl: "forever" };
    const { messages } = decoded({ messages: [{ role: "user", content: "u", cache_control }] });
    expect(messages[0]!.content[1]).toEqual(POINT);
  });
});

describe("a request that wants caching as a whole", () => {
  it.each([
    ["nothing, when it says nothing", {}, []],
    ["OpenAI's implicit mode", { prompt_cache_options: { mode: "implicit" } }, ["tools", "system", 2]],
    ["OpenAI's explicit mode without a breakpoint", { prompt_cache_options: { mode: "explicit" } }, []],
    ["a top-level cache_control", { cache_control: ephemeral }, ["tools", "system", 2]],
    ["the access gateway's system", { prompt_caching: { system: true } }, ["system"]],
    ["the access gateway's messages", { prompt_caching: { messages: true } }, [2]],
    [
      "LiteLLM's injection points",
      {
        cache_control_injection_points: [
          { location: "message", role: "system" },
          { location: "message", index: -1 },
          { location: "tool_config" },
        ],
      },
      ["tools", "system", 2],
    ],
    [
      "LiteLLM's injection points by role",
      { cache_control_injection_points: [{ location: "message", role: "user" }] },
      [0, 2],
    ],
  ])("%s", (_, body, expected) => {
    expect(placed(decoded({ tools: [tool], ...body }))).toEqual(expected);
  });

  it("has the operator's policy where it says nothing, and its own word where it does", () => {
    expect(placed(decoded({ tools: [tool] }, "auto"))).toEqual(["tools", "system", 2]);
    expect(placed(decoded({ prompt_cache_options: { mode: "explicit" } }, "auto"))).toEqual([]);
  });

  it.each([{ prompt_cache_retention: "24h" }, { prompt_cache_options: { ttl: "30m" } }])(
    "for long gets AWS's longest lifetime: %j",
    (body) => {
      const { messages } = decoded(body, "auto");
      expect(messages.at(-1)!.content.at(-1)).toEqual({ cachePoint: { type: "default", ttl: "1h" } });
    },
  );
});
