import { describe, expect, it } from "vitest";
import { cutBatches } from "../../../src/conversation/stop-batches.ts";
import type { ConverseStreamEvent } from "../../../src/conversation/types.ts";

const text = (said: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex: 0, delta: { text: said } },
});
const ended: ConverseStreamEvent = { contentBlockStop: { contentBlockIndex: 0 } };
const stops = (stopReason: string): ConverseStreamEvent => ({ messageStop: { stopReason } });
const USAGE: ConverseStreamEvent = {
  metadata: { usage: { inputTokens: 1, outputTokens: 9, totalTokens: 10 } },
};

const LEAVES = { readsOn: false, judged: false };
const READS_ON = { readsOn: true, judged: false };

/** A stream that tells how far it was read, and breaks where it has nothing more to say. */
function source(...batches: ConverseStreamEvent[][]) {
  const seen = { read: 0, left: false };
  async function* read(): AsyncGenerator<ConverseStreamEvent[]> {
    try {
      for (const batch of batches) {
        seen.read += 1;
        yield batch;
      }
      throw new Error("broken");
    } finally {
      seen.left = true;
    }
  }
  return { batches: read(), seen };
}

async function told(stream: AsyncIterable<ConverseStreamEvent[]>): Promise<ConverseStreamEvent[]> {
  const events: ConverseStreamEvent[] = [];
  for await (const batch of stream) events.push(...batch);
  return events;
}

describe("a stream that is cut", () => {
  it("is left at once, before its end is told", async () => {
    const { batches, seen } = source([text("a END")], [text("b")]);
    const stream = cutBatches(batches, ["END"], LEAVES);
    expect((await stream.next()).value).toEqual([text("a "), ended, stops("stop_sequence")]);
    expect(seen).toEqual({ read: 1, left: true });
    expect((await stream.next()).done).toBe(true);
  });

  it("is read on in silence for what is said last", async () => {
    const { batches } = source([text("a END b")], [text("c")], [stops("max_tokens"), USAGE]);
    const events: ConverseStreamEvent[] = [];
    for await (const batch of cutBatches(batches, ["END"], READS_ON)) {
      expect(batch).not.toEqual([]);
      events.push(...batch);
      if (events.includes(USAGE)) break;
    }
    expect(events).toEqual([text("a "), ended, stops("stop_sequence"), USAGE]);
  });

  it("was complete when it broke", async () => {
    const { batches } = source([text("a END b")], [text("c")]);
    expect(await told(cutBatches(batches, ["END"], READS_ON))).toEqual([
      text("a "),
      ended,
      stops("stop_sequence"),
    ]);
  });

  it("and is not, breaks after all that it said", async () => {
    const stream = cutBatches(source([text("a E")]).batches, ["END"], LEAVES);
    expect([(await stream.next()).value, (await stream.next()).value]).toEqual([[text("a ")], [text("E")]]);
    await expect(stream.next()).rejects.toThrow("broken");
  });

  it("is left when its reader leaves", async () => {
    const { batches, seen } = source([text("a")], [text("b")]);
    for await (const _ of cutBatches(batches, ["END"], LEAVES)) break;
    expect(seen).toEqual({ read: 1, left: true });
  });

  it("is a failure where it breaks before a guardrail has judged it", async () => {
    const { batches } = source([text("a END")], [text("b")]);
    const stream = cutBatches(batches, ["END"], { readsOn: false, judged: true });
    const events: ConverseStreamEvent[] = [];
    await expect(
      (async () => {
        for await (const batch of stream) events.push(...batch);
      })(),
    ).rejects.toThrow("broken");
    expect(events.some((event) => event.messageStop)).toBe(false);
  });
});
