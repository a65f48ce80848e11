import { describe, expect, it } from "vitest";
import type { CachePoint } from "../../src/conversation/types.ts";
import { CLAUDE, GPT, LLAMA, NEW_CLAUDE, NOVA } from "../support/bedrock.ts";
import { PDF } from "../support/clients.ts";
import { assistant, calls, result, user, visit, WEATHER } from "./visit.ts";

const at = visit();
const MARK = { cache_control: { type: "ephemeral" } };
const HOUR = { cache_control: { type: "ephemeral", ttl: "1h" } };
const POINT = { cachePoint: { type: "default" } };
const text = (words: string, mark: object = {}) => ({ type: "text", text: words, ...mark });
const points = (): CachePoint[] =>
  [
    ...(at.sent.toolConfig?.tools ?? []),
    ...(at.sent.system ?? []),
    ...at.sent.messages.flatMap(({ content }) => content),
  ].flatMap(({ cachePoint }) => cachePoint ?? []);

describe("a cache mark", () => {
  it("becomes an element of its own after what it marks, everywhere (bedrock-access-gateway#49, ai-gateway#1717, ai-gateway#2476, vercel/ai@9c78e5d)", async () => {
    const messages = [
      { role: "system", content: [text("Be brief.", MARK)] },
      user([text("One.", MARK), text("Two.")]),
      assistant("A.", MARK),
      user("B."),
    ];
    await at.ask({ model: CLAUDE, messages, tools: [{ ...WEATHER, ...MARK }] });
    expect(at.sent.toolConfig!.tools).toEqual([{ toolSpec: expect.anything() as unknown }, POINT]);
    expect(at.sent.system).toEqual([{ text: "Be brief." }, POINT]);
    expect(at.sent.messages.slice(0, 2).map(({ content }) => content)).toEqual([
      [{ text: "One." }, POINT, { text: "Two." }],
      [{ text: "A." }, POINT],
    ]);
  });

  it.each<[string, object[]]>([
    ["on the message", [{ ...result("a1"), ...MARK }]],
    ["on a part of it", [result("a1", [text("3 degrees", MARK)])]],
  ])(
    "of a tool result (%s) stands after the result, never inside (bifrost#7614, ai-gateway#2358)",
    async (_, results) => {
      for (const model of [CLAUDE, NOVA]) {
        await at.ask({ model, messages: [user("Hi"), calls("a1"), ...results], tools: [WEATHER] });
        expect(at.sent.messages[2]!.content).toEqual([
          { toolResult: { toolUseId: "a1", content: [{ text: "3 degrees" }] } },
          POINT,
        ]);
      }
    },
  );

  it("of an instruction in the middle is not lost when the instruction moves (ai-gateway#2488)", async () => {
    const messages = [
      user("Hi"),
      { role: "system", content: [text("Be brief.", MARK)] },
      assistant("Yes?"),
      user("Go on"),
    ];
    for (const model of [CLAUDE, NEW_CLAUDE]) {
      await at.ask({ model, messages });
      expect(at.sent.system).toEqual([{ text: "Be brief." }, POINT]);
    }
  });

  it("on a PDF is kept", async () => {
    const part = { type: "file", file: { file_data: `data:application/pdf;base64,${PDF}` }, ...MARK };
    await at.ask({ model: CLAUDE, messages: [user([text("Read"), part])] });
    expect(at.sent.messages[0]!.content.at(-1)).toEqual(POINT);
  });

  it.each([5, 8])(
    "too many (%i) are thinned to four, the last ones, and the rest is said (bifrost)",
    async (count) => {
      const parts = Array.from({ length: count }, (_, index) => text(`${index}`, MARK));
      const { adjustments } = await at.ask({ model: CLAUDE, messages: [user(parts)] });
      expect(points()).toHaveLength(4);
      expect(at.sent.messages[0]!.content.at(-1)).toEqual(POINT);
      expect(adjustments).toContainEqual(
        expect.objectContaining({ param: "cache_control", action: "dropped" }),
      );
    },
  );

  it.each([LLAMA, GPT])("for a model without a cache is left out, not refused (%s)", async (model) => {
    await at.ask({ model, messages: [user([text("One.", MARK)])] });
    expect(points()).toEqual([]);
  });

  it("of tools that Nova refuses is left out there alone", async () => {
    await at.ask({ model: NOVA, messages: [user([text("One.", MARK)])], tools: [{ ...WEATHER, ...MARK }] });
    expect(at.sent.toolConfig!.tools).toHaveLength(1);
    expect(points()).toHaveLength(1);
  });

  it("that AWS refuses for a model is left out from then on", async () => {
    const message =
      "You invoked an unsupported model or your request did not allow prompt caching. See the documentation.";
    at.replies({ error: { name: "AccessDeniedException", message } });
    const body = { model: CLAUDE, messages: [user([text("One.", MARK)])] };
    await at.ask(body);
    await at.ask(body);
    expect(at.received).toHaveLength(3);
    expect(points()).toEqual([]);
  });
});

describe("a mark of one hour", () => {
  it.each([
    ["keeps it", CLAUDE, "1h"],
    ["is of five minutes", "us.anthropic.claude-3-7-sonnet-20250219-v1:0", undefined],
    ["is of five minutes", NOVA, undefined],
  ])("%s on a model that has or has not such a cache (langchainjs)", async (_, model, ttl) => {
    await at.ask({ model, messages: [user([text("One.", HOUR), text("Two.")])] });
    expect(points()).toEqual([{ type: "default", ...(ttl && { ttl }) }]);
  });

  it("after one of five minutes is shortened, since AWS wants the longer first", async () => {
    await at.ask({ model: CLAUDE, messages: [user([text("One.", MARK), text("Two.", HOUR)])] });
    expect(points().map(({ ttl }) => ttl)).toEqual([undefined, undefined]);
  });
});

describe("an application inference profile", () => {
  const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";

  it("caches what is marked (agentgateway#2138)", async () => {
    const body = { model: arn, messages: [user([text("A long prompt ".repeat(100), MARK), text("Hi")])] };
    await at.ask(body);
    expect(points()).toHaveLength(1);
    const { usage } = await at.ask(body);
    expect(usage!.prompt_tokens_details!.cached_tokens).toBeGreaterThan(0);
  });
});

describe("a prompt that repeats", () => {
  it.each([CLAUDE, NOVA])(
    "is byte for byte the same request, so that the cache finds it (%s)",
    async (model) => {
      const messages = [
        { role: "system", content: [text("Be brief.", MARK)] },
        user("Hi"),
        calls("functions.f:0"),
        result("functions.f:0"),
      ];
      const body = { model, messages, tools: [WEATHER] };
      const first = await at.ask(body);
      const sent = JSON.stringify(at.sent);
      const second = await at.ask(body);
      expect(JSON.stringify(at.sent)).toBe(sent);
      expect(first.usage!.prompt_tokens_details!.cache_write_tokens).toBeGreaterThan(0);
      expect(second.usage!.prompt_tokens_details!.cached_tokens).toBe(
        first.usage!.prompt_tokens_details!.cache_write_tokens,
      );
      expect(second.usage!.prompt_tokens).toBe(first.usage!.prompt_tokens);
    },
  );
});
