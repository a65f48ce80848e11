import { afterEach, describe, expect, it, vi } from "vitest";
import type { ConverseStreamEvent } from "../../src/conversation/types.ts";
import { CLAUDE, eventually, GPT, NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";
import { callsTool, says, user, visit, WEATHER } from "./visit.ts";

const at = visit();
afterEach(() => void vi.useRealTimers());

const delta = (contentBlockIndex: number, part: object): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: part },
});
const start = (contentBlockIndex: number, name: string, more: object = {}): ConverseStreamEvent => ({
  contentBlockStart: {
    contentBlockIndex,
    start: { toolUse: { toolUseId: `id_${contentBlockIndex}`, name, ...more } },
  },
});
const stop = (contentBlockIndex: number): ConverseStreamEvent => ({
  contentBlockStop: { contentBlockIndex },
});
const END: ConverseStreamEvent = { messageStop: { stopReason: "end_turn" } };
const COST: ConverseStreamEvent = {
  metadata: { usage: { inputTokens: 3, outputTokens: 5, totalTokens: 8 } },
};
const HEAD: ConverseStreamEvent = { messageStart: { role: "assistant" } };
const streamed = (...events: ConverseStreamEvent[]) => {
  at.replies({ events });
  return at.ask({ model: CLAUDE, tools: [WEATHER] }, true);
};

describe("parallel calls in a stream", () => {
  it("have dense indexes of their own, whatever blocks stand between (ai-gateway#1468, ai-gateway#1487, agentgateway#2971, fast-agent#274, vercel/ai@8f080f4)", async () => {
    const content = [
      { text: "Let me look." },
      callsTool("a", { n: 1 }, "id_a"),
      { text: "And." },
      callsTool("b", { n: 2 }, "id_b"),
    ];
    const [whole, inPieces] = await at.askBoth({ model: CLAUDE, tools: [WEATHER] }, { content });
    expect(inPieces.calls).toEqual([
      { id: "id_a", name: "a", arguments: '{"n":1}' },
      { id: "id_b", name: "b", arguments: '{"n":2}' },
    ]);
    expect(inPieces.calls).toEqual(whole.calls);
  });

  it("whose pieces come mixed keep their own arguments", async () => {
    const { calls } = await streamed(
      HEAD,
      start(1, "a"),
      start(2, "b"),
      delta(2, { toolUse: { input: '{"b":' } }),
      delta(1, { toolUse: { input: '{"a":1}' } }),
      delta(2, { toolUse: { input: "2}" } }),
      stop(1),
      stop(2),
      { messageStop: { stopReason: "tool_use" } },
      COST,
    );
    expect(calls.map((call) => call.arguments)).toEqual(['{"a":1}', '{"b":2}']);
  });

  it("name their id and name once, at their beginning, and belong to choice 0 (langchainjs, helicone)", async () => {
    at.replies({ content: [callsTool("a", { n: 1 }, "id_a"), callsTool("b", { n: 2 }, "id_b")] });
    const { chunks } = await at.chunks({ model: CLAUDE, tools: [WEATHER] });
    const parts = chunks.flatMap((chunk) => chunk.choices.flatMap((choice) => choice.delta.tool_calls ?? []));
    expect(parts.flatMap(({ id }) => id ?? [])).toEqual(["id_a", "id_b"]);
    expect(parts.flatMap((part) => part.function?.name ?? [])).toEqual(["a", "b"]);
    expect(new Set(chunks.flatMap((chunk) => chunk.choices.map(({ index }) => index)))).toEqual(new Set([0]));
  });
});

describe("a call without arguments", () => {
  it.each<[string, ConverseStreamEvent[]]>([
    ["no input at all (vercel/ai@68c5081)", [start(0, "now"), stop(0)]],
    ["an empty piece (vercel/ai@ef9d7d6)", [start(0, "now"), delta(0, { toolUse: { input: "" } }), stop(0)]],
    ["a piece without input", [start(0, "now"), delta(0, { toolUse: {} }), stop(0)]],
    ["no end of its block", [start(0, "now")]],
  ])("that comes with %s has {} and not nothing", async (_, events) => {
    const { calls, finish } = await streamed(
      HEAD,
      ...events,
      { messageStop: { stopReason: "tool_use" } },
      COST,
    );
    expect([calls, finish]).toEqual([[{ id: "id_0", name: "now", arguments: "{}" }], "tool_calls"]);
  });

  it("has {} in a whole answer too", async () => {
    const content = [{ toolUse: { toolUseId: "id_0", name: "now" } }];
    at.replies({
      response: {
        output: { message: { role: "assistant", content } },
        stopReason: "tool_use",
        usage: COST.metadata!.usage,
      },
    });
    expect((await at.ask({ model: CLAUDE, tools: [WEATHER] })).calls).toEqual([
      { id: "id_0", name: "now", arguments: "{}" },
    ]);
  });
});

describe("events in another order or form than expected", () => {
  const text = [delta(0, { text: "Hi" }), stop(0)];

  it.each<[string, ConverseStreamEvent[]]>([
    [
      "a start that starts nothing (langchainjs)",
      [HEAD, { contentBlockStart: { contentBlockIndex: 0, start: {} } }, ...text, END, COST],
    ],
    ["a start without a start", [HEAD, { contentBlockStart: { contentBlockIndex: 0 } }, ...text, END, COST]],
    ["metadata before messageStop (vercel/ai)", [HEAD, ...text, COST, END]],
    ["no messageStart", [...text, END, COST]],
    ["an empty delta", [HEAD, delta(0, {}), delta(0, { text: "" }), ...text, END, COST]],
    [
      "an event nobody knows",
      [HEAD, ...text, { somethingNew: { a: 1 } } as unknown as ConverseStreamEvent, END, COST],
    ],
  ])("%s", async (_, events) => {
    const { content, finish, usage } = await streamed(...events);
    expect([content, finish, usage!.total_tokens]).toEqual(["Hi", "stop", 8]);
  });

  it("a delta of a citation is told as an annotation, not thrown over (langchainjs)", async () => {
    const citation = { title: "Example", location: { web: { url: "https://example.com/a" } } };
    const { content, annotations } = await streamed(
      HEAD,
      delta(0, { text: "It rains." }),
      delta(0, { citation }),
      stop(0),
      END,
      COST,
    );
    expect(content).toBe("It rains.");
    expect(annotations).toMatchObject([
      { url_citation: { start_index: 0, end_index: 9, url: "https://example.com/a" } },
    ]);
  });

  it("a stop reason that OpenAI has not is never told by its name (bifrost#5936)", async () => {
    for (const stopReason of ["something_internal", "model_context_window_exceeded"])
      for (const { finish } of await at.askBoth({ model: CLAUDE }, { ...says("Hi"), stopReason }))
        expect(["stop", "length"]).toContain(finish);
  });
});

describe("chunks", () => {
  it("finish once, at the end (portkey)", async () => {
    const { chunks, done } = await at.chunks({ model: NOVA });
    const finishes = chunks.map((chunk) => chunk.choices[0]!.finish_reason);
    expect(finishes.filter(Boolean)).toEqual(["stop"]);
    expect([finishes.at(-1), done]).toEqual(["stop", true]);
  });

  it("are whole lines of 'data: ' in every piece that is written (ai-gateway#2163, ai-gateway#2470)", async () => {
    const tricky = 'one\n\ndata: [DONE]\r\n\r\nevent: error\ndata: {"error":1}\n\n \u2028👋';
    at.replies({ ...says(tricky), splitBytes: 7 });
    const response = await at.house.handler(chatRequest({ model: CLAUDE, stream: true }));
    const pieces: string[] = [];
    for await (const bytes of response.body!)
      pieces.push(new TextDecoder("utf-8", { fatal: true }).decode(bytes as Uint8Array));
    for (const piece of pieces) expect(piece).toMatch(/^(data: [^\r\n]+\n\n|: [^\n]*\n\n)+$/);
    const { chunks, done } = chunksOf(pieces.join(""));
    expect(chunks.map((chunk) => chunk.choices[0]!.delta.content ?? "").join("")).toBe(tricky);
    expect(done).toBe(true);
  });

  it("hold what a model says of prototypes as data (openai-node)", async () => {
    const input = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as Record<string, unknown>;
    for (const { calls } of await at.askBoth(
      { model: CLAUDE, tools: [WEATHER] },
      { content: [callsTool("__proto__", input)] },
    ))
      expect(calls).toEqual([{ id: "tooluse_1", name: "__proto__", arguments: JSON.stringify(input) }]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([CLAUDE, GPT])("tell the same as the whole answer of %s", async (model) => {
    const body = { model, messages: [user('Get weather for "Oslo"')], tools: [WEATHER] };
    const [whole, inPieces] = [await at.ask(body), await at.ask(body, true)];
    expect(inPieces).toEqual(whole);
  });
});

describe("a model that is silent for long", () => {
  it("keeps its line open with comments, which a load balancer counts (bedrock-access-gateway#111, ai-gateway#2549)", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    at.replies({ ...says("Hi"), fault: { kind: "stall", afterEvents: 1 } });
    const answering = at.house.handler(chatRequest({ model: CLAUDE, stream: true }));
    await vi.waitFor(() => expect(at.house.bedrock.openRequests).toBe(1));
    // A refusal may hold the status line back so long, and no longer.
    await vi.advanceTimersByTimeAsync(5_500);
    const reader = (await answering).body!.getReader();
    const next = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toContain('"role":"assistant"');
    for (let round = 0; round < 2; round += 1) {
      const comment = next();
      await vi.advanceTimersByTimeAsync(16_000);
      expect(await comment).toBe(": keep-alive\n\n");
    }
    await reader.cancel();
    vi.useRealTimers();
    await eventually(() => at.received[0]!.aborted);
  });

  it("does not hold up another caller's stream (bedrock-access-gateway#115)", async () => {
    at.replies({ ...says("late"), fault: { kind: "stall", afterEvents: -1 } });
    const leaving = new AbortController();
    const slow = at.house.handler(chatRequest({ model: CLAUDE }, { signal: leaving.signal }));
    await eventually(() => at.house.bedrock.openRequests === 1);
    expect((await at.ask({ model: CLAUDE }, true)).finish).toBe("stop");
    leaving.abort();
    await slow;
    await eventually(() => at.received[0]!.aborted);
  });
});
