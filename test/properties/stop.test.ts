import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutResponse } from "../../src/conversation/stop-content.ts";
import { createEventCutter } from "../../src/conversation/stop-events.ts";
import type { ContentBlock, ConverseStreamEvent } from "../../src/conversation/types.ts";
import { encode } from "../../src/wires/chat/encode.ts";
import { createChatStream } from "../../src/wires/chat/stream.ts";
import { streamOf } from "../support/arbitraries.ts";
import { foldChunks } from "../support/fold-chunks.ts";

const head = { id: "chatcmpl-1", created: 1, model: "m" };
const USAGE = { inputTokens: 1, outputTokens: 2, totalTokens: 3, cacheReadInputTokens: 0 };

/** Few letters, so that sequences begin everywhere, overlap, and come to nothing; and characters of two units. */
const letters = fc.constantFrom("a", "b", "\n", "😀", "😁");
const said = fc.oneof(
  fc.string({ unit: letters, minLength: 1, maxLength: 30 }),
  fc.string({ unit: "grapheme", minLength: 1 }),
);
const stops = fc.array(
  fc.oneof(
    fc.string({ unit: letters, minLength: 1, maxLength: 6 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 2 }),
  ),
  { minLength: 1, maxLength: 4 },
);

const textBlock = said.map((text): ContentBlock => ({ text }));
const thought = said.map((text): ContentBlock => ({ reasoningContent: { reasoningText: { text } } }));
const call = fc.constant<ContentBlock>({ toolUse: { toolUseId: "t", name: "f", input: { a: "ab" } } });

const answerOf = (content: ContentBlock[]) => ({ content, stopReason: "end_turn", usage: USAGE });

const asked = (content: fc.Arbitrary<ContentBlock[]>) =>
  content.chain((blocks) =>
    fc.record({ content: fc.constant(blocks), events: streamOf(answerOf(blocks)), stops }),
  );

const textsOf = (content: readonly ContentBlock[]): string => content.map(({ text }) => text ?? "").join("");

/** The text before the first of the sequences, by the plainest means. */
function before(text: string, sequences: readonly string[]): string {
  const found = sequences.map((each) => text.indexOf(each)).filter((at) => at >= 0);
  return found.length > 0 ? text.slice(0, Math.min(...found)) : text;
}

const whole = (content: ContentBlock[], sequences: readonly string[]) =>
  cutResponse(
    { output: { message: { role: "assistant", content } }, stopReason: "end_turn", usage: USAGE },
    sequences,
  );

function streamed(events: readonly ConverseStreamEvent[], sequences: readonly string[]) {
  const cutter = createEventCutter(sequences);
  return [...events.flatMap(cutter.push), ...cutter.end()];
}

const deltaTexts = (events: readonly ConverseStreamEvent[]): string[] =>
  events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta.text ?? []);

describe("an answer that is cut at stop sequences", () => {
  it("says what stands before the first of them, whole and in any pieces", () => {
    let cuts = 0;
    fc.assert(
      fc.property(asked(fc.array(textBlock, { maxLength: 4 })), ({ content, events, stops: sequences }) => {
        const expected = before(textsOf(content), sequences);
        const answer = whole(content, sequences);
        expect(textsOf(answer.output.message.content)).toBe(expected);
        expect(deltaTexts(streamed(events, sequences)).join("")).toBe(expected);
        expect(answer.stopReason === "stop_sequence").toBe(expected !== textsOf(content));
        cuts += Number(answer.stopReason === "stop_sequence");
      }),
      { numRuns: 2_000 },
    );
    expect(cuts).toBeGreaterThan(100);
  });

  it("is the same answer for its readers, with thoughts and calls between its texts", () => {
    const content = fc.array(fc.oneof({ arbitrary: textBlock, weight: 3 }, thought, call), { maxLength: 6 });
    fc.assert(
      fc.property(asked(content), (one) => {
        const told = encode([whole(one.content, one.stops)], head);
        const stream = createChatStream(head, { includeUsage: true });
        const events = streamed(one.events, one.stops);
        const folded = foldChunks(events.map((event) => stream.push(event)).join("") + stream.end());
        expect(folded).toEqual({ choices: told.choices, usage: told.usage });
      }),
      { numRuns: 1_000 },
    );
  });

  it("holds back no more than what may be the beginning of a sequence, and tears no character", () => {
    fc.assert(
      fc.property(asked(textBlock.map((block) => [block])), ({ events, stops: sequences }) => {
        const cutter = createEventCutter(sequences);
        let read = "";
        let told = "";
        for (const event of events) {
          read += event.contentBlockDelta?.delta.text ?? "";
          const pieces = deltaTexts(cutter.push(event));
          for (const piece of pieces) expect(piece).not.toMatch(/\p{Surrogate}/u);
          told += pieces.join("");
          if (cutter.isCut()) return;
          const held = read.slice(told.length);
          expect(held === "" || sequences.some((each) => each.startsWith(held))).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
