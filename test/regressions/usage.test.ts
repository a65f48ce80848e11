import { describe, expect, it } from "vitest";
import { CLAUDE, NEW_CLAUDE, NOVA } from "../support/bedrock.ts";
import { says, user, visit } from "./visit.ts";

const at = visit();
const TOKENS = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

describe("usage", () => {
  it.each<[string, object, object]>([
    ["nothing cached", {}, { prompt_tokens: 10, cached: 0, written: 0 }],
    [
      "a prompt read from the cache",
      { cacheReadInputTokens: 100 },
      { prompt_tokens: 110, cached: 100, written: 0 },
    ],
    ["a prompt written to it", { cacheWriteInputTokens: 70 }, { prompt_tokens: 80, cached: 0, written: 70 }],
    [
      "both",
      { cacheReadInputTokens: 100, cacheWriteInputTokens: 7 },
      { prompt_tokens: 117, cached: 100, written: 7 },
    ],
  ])(
    "of %s is counted once, whole and streamed (bedrock-access-gateway#195, litellm#25517, litellm#36878, litellm#36760, ai-gateway#1631, ai-gateway#1633, ai-gateway#2236, ai-gateway#2239, agentgateway#2444)",
    async (_, cache, expected) => {
      const usage = { ...TOKENS, ...cache };
      for (const answer of await at.askBoth({ model: CLAUDE }, { ...says("ok"), usage })) {
        const {
          prompt_tokens,
          completion_tokens,
          total_tokens,
          prompt_tokens_details: details,
        } = answer.usage!;
        expect({
          prompt_tokens,
          cached: details?.cached_tokens,
          written: details?.cache_write_tokens,
        }).toEqual(expected);
        expect([completion_tokens, total_tokens]).toEqual([5, prompt_tokens + 5]);
      }
    },
  );

  it("comes once, in a chunk of its own after the finish, and null before it (ai-gateway#2350)", async () => {
    at.replies({ ...says("one two"), usage: { ...TOKENS, cacheReadInputTokens: 100 } });
    const { chunks, done } = await at.chunks({ model: NOVA, stream_options: { include_usage: true } });
    const last = chunks.at(-1)!;
    expect([last.choices, last.usage!.prompt_tokens, done]).toEqual([[], 110, true]);
    for (const chunk of chunks.slice(0, -1)) expect(chunk.usage).toBeNull();
  });

  it("that nobody asked for is in no chunk", async () => {
    const { chunks } = await at.chunks({ model: NOVA });
    expect(chunks.some((chunk) => "usage" in chunk)).toBe(false);
  });

  it("of several choices is their sum, told once", async () => {
    at.replies({ ...says("a"), usage: TOKENS }, { ...says("b"), usage: TOKENS });
    const { chunks } = await at.chunks({ model: CLAUDE, n: 2, stream_options: { include_usage: true } });
    const told = chunks.flatMap(({ usage }) => usage ?? []);
    expect(told).toMatchObject([{ prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 }]);
  });
});

describe("tokens of thought", () => {
  const thinking_tokens = 42;
  const fields = { usage: { output_tokens_details: { thinking_tokens } } };

  it.each([CLAUDE, NEW_CLAUDE])(
    "are counted apart, whole and streamed (bedrock-access-gateway#223) on %s",
    async (model) => {
      const reply = { ...says("ok"), usage: TOKENS, additionalModelResponseFields: fields };
      for (const { usage } of await at.askBoth({ model, reasoning_effort: "low" }, reply)) {
        expect(at.sent.additionalModelResponseFieldPaths).toContain("/usage/output_tokens_details");
        expect(usage).toMatchObject({
          completion_tokens: 5,
          completion_tokens_details: { reasoning_tokens: 42 },
        });
      }
    },
  );

  it("that AWS does not tell are not made up", async () => {
    for (const { usage } of await at.askBoth({ model: CLAUDE, messages: [user("Hi")] }, says("ok")))
      expect(usage!.completion_tokens_details?.reasoning_tokens ?? 0).toBe(0);
  });
});
