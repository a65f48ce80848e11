import * as fc from "fast-check";
import type { ConverseStreamEvent } from "../../../src/conversation/types.ts";
import { ANSWER, concat, frame } from "../frames.ts";
import { hostileName, hostileNumber, hostileText, hostileValue, toText } from "./json-text.ts";
import { mutated } from "./mutate.ts";

const NAMES = [
  "messageStart",
  "contentBlockStart",
  "contentBlockDelta",
  "contentBlockStop",
  "messageStop",
  "metadata",
  "chunk",
  "somethingNew",
  "throttlingException",
  "__proto__",
  "constructor",
  "",
];

const eventHeaders = (type: string): Record<string, string> => ({
  ":event-type": type,
  ":content-type": "application/json",
  ":message-type": "event",
});

/** An answer with thoughts, citations and a call: what a stream may hold. */
export const WHOLE: readonly ConverseStreamEvent[] = [
  { messageStart: { role: "assistant" } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: "Hm." } } } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { signature: "c2ln" } } } },
  { contentBlockStop: { contentBlockIndex: 0 } },
  { contentBlockDelta: { contentBlockIndex: 1, delta: { text: "Hello" } } },
  { contentBlockStop: { contentBlockIndex: 1 } },
  { contentBlockStart: { contentBlockIndex: 2, start: { toolUse: { toolUseId: "t1", name: "now" } } } },
  { contentBlockDelta: { contentBlockIndex: 2, delta: { toolUse: { input: '{"a":1}' } } } },
  { contentBlockStop: { contentBlockIndex: 2 } },
  { messageStop: { stopReason: "tool_use" } },
  { metadata: { usage: { inputTokens: 3, outputTokens: 5, totalTokens: 8 }, metrics: { latencyMs: 1 } } },
];

const written = ([type, payload]: readonly [string, unknown]): Uint8Array =>
  frame(eventHeaders(type), typeof payload === "string" ? payload : JSON.stringify(payload));

/** Frames with right checksums whose words nobody at AWS would say: of other kinds, in another order, twice, or missing. */
export const oddFrames: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .constantFrom(...WHOLE)
          .chain((event) =>
            mutated(Object.values(event)[0] as object).map((text) => [Object.keys(event)[0]!, text] as const),
          ),
      },
      {
        weight: 4,
        arbitrary: fc
          .constantFrom(...WHOLE)
          .map((event) => Object.entries(event)[0] as readonly [string, unknown]),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom(...NAMES), fc.oneof(hostileValue, hostileText, hostileNumber))
          .map(([type, value]) => [type, toText(value)] as const),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...NAMES), fc.string()) },
    ),
    { maxLength: 14 },
  )
  .chain((middle) =>
    fc
      .boolean()
      .map((ends) =>
        concat(
          ...[
            ...middle,
            ...(ends
              ? WHOLE.slice(-2).map((event) => Object.entries(event)[0] as readonly [string, unknown])
              : []),
          ].map(written),
        ),
      ),
  );

/** Headers that no frame of AWS's has. */
export const oddHeaders: fc.Arbitrary<Uint8Array> = fc
  .dictionary(
    fc.oneof(
      fc.constantFrom(
        ":event-type",
        ":message-type",
        ":exception-type",
        ":error-code",
        ":error-message",
        "event-type",
      ),
      hostileName,
    ),
    fc.oneof(
      fc.constantFrom("event", "exception", "error", "contentBlockDelta", "__proto__", ""),
      fc.string({ maxLength: 30 }),
    ),
    { maxKeys: 5 },
  )
  .map((headers) => frame(headers as Record<string, string>, '{"message":"x"}'));

/** A good stream with bits turned, pieces cut out, doubled or put between. */
export const damagedStream: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc
      .constantFrom(WHOLE, ANSWER)
      .map((events) =>
        concat(...events.map((event) => written(Object.entries(event)[0] as readonly [string, unknown]))),
      ),
    fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(40), fc.uint8Array({ maxLength: 20 })), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([stream, wounds]) =>
    wounds.reduce((bytes, [place, flip, cut, between], index) => {
      const at = place % Math.max(1, bytes.length);
      if (index % 2 === 0 && flip > 0) {
        const turned = bytes.slice();
        turned[at]! ^= flip;
        return turned;
      }
      return concat(bytes.slice(0, at), between, bytes.slice(at + cut));
    }, stream),
  );
