import { describe, expect, it } from "vitest";
import type { CallContext } from "../../../../../src/context.ts";
import { told } from "../../../../../src/wires/messages/native/told.ts";
import { typedEventsOf } from "../../../../support/typed-events.ts";

/** What is told of Claude's own events. */
async function tell(...arrivals: string[][]) {
  const record = { finishReasons: [] } as unknown as CallContext["record"];
  const context = { record, release() {}, abort() {} } as unknown as CallContext;
  async function* arrive() {
    yield* arrivals;
  }
  let text = "";
  for await (const frames of told(arrive(), "m", context)) text += frames;
  return { events: typedEventsOf(text), record };
}

const START = { type: "message_start", message: { id: "msg_1", usage: { input_tokens: 3 } } };
const PIECE = { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "a\nb" } };
const END = { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 2 } };
const STOP = { type: "message_stop", "amazon-bedrock-invocationMetrics": { inputTokenCount: 3 } };

describe("Claude's own events", () => {
  it("are told under our name for the model, without what AWS measures, and heard", async () => {
    const { events, record } = await tell(
      [START, PIECE].map((event) => JSON.stringify(event)),
      [END, STOP].map((event) => JSON.stringify(event)),
    );
    const message = { ...START.message, model: "m" };
    expect(events).toEqual([{ ...START, message }, PIECE, END, { type: "message_stop" }]);
    expect(record).toMatchObject({
      tokens: { input: 3, output: 2 },
      finishReasons: ["stop"],
      responseId: "msg_1",
    });
  });

  it("are one event each, in however many lines and in whichever order they are written", async () => {
    const { type, ...rest } = PIECE;
    const texts = [START, { ...rest, type }, STOP].map((event) => JSON.stringify(event, null, 2));
    const { events } = await tell(texts);
    expect(events.slice(1)).toEqual([PIECE, { type: "message_stop" }]);
  });

  it("have nothing behind their end, and nothing that has no name", async () => {
    const { events } = await tell([START, {}, STOP, PIECE].map((event) => JSON.stringify(event)));
    expect(events.map(({ type }) => type)).toEqual(["message_start", "message_stop"]);
  });
});
