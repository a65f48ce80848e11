import * as fc from "fast-check";
import type {
  ContentBlock,
  ContentBlockDelta,
  ConverseStreamEvent,
  StopReason,
} from "../../src/conversation/types.ts";

/** Text as models write it: several scripts, emoji, quotes, line ends, and what looks like SSE. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
  fc.constantFrom("\n\n", "data: [DONE]\n\n", '"}', "\\", "\u2028", "👨‍👩‍👧", "\u0000"),
);

const json = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });

const textBlock = text.map((value): ContentBlock => ({ text: value }));
const reasoningBlock = text.map((value): ContentBlock => ({
  reasoningContent: { reasoningText: { text: value } },
}));
const toolBlock = fc
  .record({
    id: fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/),
    name: fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/),
    input: json,
  })
  .map(({ id, name, input }): ContentBlock => ({
    toolUse: { toolUseId: id, name, input: input as Record<string, unknown> },
  }));

export interface Answer {
  content: ContentBlock[];
  stopReason: StopReason;
  usage: { inputTokens: number; outputTokens: number; totalTokens: number; cacheReadInputTokens: number };
}

const count = fc.nat(100_000);

/** An answer that a model may give. */
export const answer: fc.Arbitrary<Answer> = fc.record({
  content: fc.array(fc.oneof(textBlock, reasoningBlock, toolBlock), { maxLength: 6 }),
  stopReason: fc.constantFrom("end_turn", "tool_use", "max_tokens", "stop_sequence", "guardrail_intervened"),
  usage: fc.record({
    inputTokens: count,
    outputTokens: count,
    totalTokens: count,
    cacheReadInputTokens: count,
  }),
});

/** The same answer as a stream, its texts cut at random, metadata before or after the stop. */
export const streamOf = ({ content, stopReason, usage }: Answer): fc.Arbitrary<ConverseStreamEvent[]> =>
  fc
    .record({ blocks: fc.tuple(...content.map(blockEvents)), metadataFirst: fc.boolean() })
    .map(({ blocks, metadataFirst }) => {
      const metadata: ConverseStreamEvent = { metadata: { usage, metrics: { latencyMs: 1 } } };
      const stop: ConverseStreamEvent = { messageStop: { stopReason } };
      const end = metadataFirst ? [metadata, stop] : [stop, metadata];
      return [{ messageStart: { role: "assistant" } }, ...blocks.flat(), ...end];
    });

function blockEvents(block: ContentBlock, contentBlockIndex: number): fc.Arbitrary<ConverseStreamEvent[]> {
  const toEvent = (delta: ContentBlockDelta): ConverseStreamEvent => ({
    contentBlockDelta: { contentBlockIndex, delta },
  });
  const stop: ConverseStreamEvent = { contentBlockStop: { contentBlockIndex } };
  const { toolUse, text: plain, reasoningContent } = block;
  if (toolUse) {
    const { toolUseId, name, input } = toolUse;
    const start: ConverseStreamEvent = {
      contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId, name } } },
    };
    const argumentsText = Object.keys(input).length > 0 ? JSON.stringify(input) : "";
    return cut(argumentsText).map((parts) => [
      start,
      ...parts.map((part) => toEvent({ toolUse: { input: part } })),
      stop,
    ]);
  }
  if (plain !== undefined)
    return cut(plain).map((parts) => [...parts.map((part) => toEvent({ text: part })), stop]);
  const reasoning = reasoningContent?.reasoningText?.text ?? "";
  return cut(reasoning).map((parts) => [
    ...parts.map((part) => toEvent({ reasoningContent: { text: part } })),
    stop,
  ]);
}

/** A text in pieces, never within a surrogate pair: AWS cuts between characters. */
const cut = (whole: string): fc.Arbitrary<string[]> =>
  fc.array(fc.nat(Math.max(0, whole.length)), { maxLength: 5 }).map((cuts) => {
    const safe = [...new Set([0, ...cuts, whole.length])]
      .filter((at) => !/[\uD800-\uDBFF]/.test(whole.charAt(at - 1)))
      .toSorted((a, b) => a - b);
    return safe.slice(1).map((end, index) => whole.slice(safe[index], end));
  });

/** Bytes cut anywhere, also into empty reads. */
export const split = (bytes: Uint8Array): fc.Arbitrary<Uint8Array[]> =>
  fc.array(fc.nat(bytes.length), { maxLength: 40 }).map((cuts) => {
    const ends = [...cuts, bytes.length].toSorted((a, b) => a - b);
    return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
  });
