import * as fc from "fast-check";
import type { ContentBlock, ConverseResponse, ConverseStreamEvent } from "../../src/conversation/types.ts";
import type { OfferedTools } from "../../src/wires/responses/form.ts";
import { asEvents } from "../../src/conversation/as-events.ts";

/** Tools of every kind. */
export const TOOLS: OfferedTools = new Map([
  ["patch", { kind: "custom", name: "patch" }],
  ["mail__send", { kind: "function", name: "send", namespace: "mail" }],
  ["local_shell", { kind: "local_shell", name: "local_shell" }],
  ["shell", { kind: "shell", name: "shell" }],
  ["apply_patch", { kind: "apply_patch", name: "apply_patch" }],
]);

const text = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.constantFrom("\n\n", "data: x\n\n", "event: error\n", '"}', "\\", "\u2028", "👨‍👩‍👧", "\u0000", " "),
);

const citation = fc.record({
  title: text,
  location: fc.constant({ web: { url: "https://example.com/a" } }),
});

const INPUTS: Readonly<Record<string, fc.Arbitrary<object>>> = {
  patch: fc.oneof(
    text.map((input) => ({ input })),
    fc.constant({ other: 1 }),
  ),
  local_shell: fc.oneof(
    fc.record({ command: fc.array(text, { maxLength: 3 }), timeout_ms: fc.nat() }, { requiredKeys: [] }),
    fc.record({ command: text, env: fc.dictionary(text, text, { maxKeys: 2 }) }),
  ),
  shell: fc.record({ commands: fc.array(text, { maxLength: 3 }) }, { requiredKeys: [] }),
  apply_patch: fc.record(
    { operation: fc.record({ type: fc.constantFrom("create_file", "delete_file"), path: text, diff: text }) },
    { requiredKeys: [] },
  ),
};

const anyInput = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });

const toolBlock = fc.constantFrom("look_up", "mail__send", ...Object.keys(INPUTS)).chain((name) =>
  fc
    .record({
      toolUseId: fc.oneof(fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/), fc.constant("")),
      input: INPUTS[name] ?? anyInput,
    })
    .map(({ toolUseId, input }): ContentBlock => ({
      toolUse: { toolUseId, name, input: input as Record<string, unknown> },
    })),
);

const serverBlock: ContentBlock = {
  toolUse: { toolUseId: "srv", name: "nova_grounding", input: { query: "x" }, type: "server_tool_use" },
};

/** What models answer, and what they answer only when something goes wrong. */
export const block: fc.Arbitrary<ContentBlock> = fc.oneof(
  text.map((value): ContentBlock => ({ text: value })),
  fc
    .record({ text, citations: fc.array(citation, { maxLength: 2 }) })
    .map(({ text: value, citations }): ContentBlock => ({
      citationsContent: { content: [{ text: value }], citations },
    })),
  fc
    .record({ text: fc.oneof(text, fc.constant("")), signature: fc.constantFrom("", "c2ln") })
    .map(({ text: value, signature }): ContentBlock => ({
      reasoningContent: { reasoningText: { text: value, ...(signature && { signature }) } },
    })),
  fc.constant<ContentBlock>({ reasoningContent: { redactedContent: "c2VjcmV0" } }),
  toolBlock,
  fc.constant<ContentBlock>({ text: "" }),
  fc.constant(serverBlock),
);

const count = fc.nat(100_000);

export const wholeAnswer: fc.Arbitrary<ConverseResponse> = fc
  .record({
    content: fc.array(block, { maxLength: 6 }),
    stopReason: fc.constantFrom(
      "end_turn",
      "tool_use",
      "max_tokens",
      "stop_sequence",
      "guardrail_intervened",
      "content_filtered",
      "model_context_window_exceeded",
      "something_new",
    ),
    usage: fc.record({
      inputTokens: count,
      outputTokens: count,
      totalTokens: count,
      cacheReadInputTokens: count,
      cacheWriteInputTokens: count,
    }),
  })
  .map(({ content, stopReason, usage }) => ({ output: { message: { content } }, stopReason, usage }));

export interface Streaming {
  /** Blocks come one after the other, as AWS sends them. */
  inOrder: boolean;
}

/** An answer as a stream: its deltas cut at random, metadata before or after the stop; out of order, some blocks have no end. */
export const streamed = (
  response: ConverseResponse,
  { inOrder }: Streaming,
): fc.Arbitrary<ConverseStreamEvent[]> => {
  const events = asEvents(response);
  const last = events.slice(-2);
  const blocks = response.output.message.content.map((_, index) =>
    events.filter((event) => indexOf(event) === index),
  );
  return fc
    .record({
      blocks: fc.tuple(...blocks.map((block) => pieces(block, inOrder))),
      picks: inOrder ? fc.constant([]) : fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 }),
      metadataFirst: fc.boolean(),
    })
    .map((drawn) => [
      events[0]!,
      ...woven(drawn.blocks, drawn.picks),
      ...(drawn.metadataFirst ? last.toReversed() : last),
    ]);
};

const indexOf = ({ contentBlockStart, contentBlockDelta, contentBlockStop }: ConverseStreamEvent): number =>
  (contentBlockStart ?? contentBlockDelta ?? contentBlockStop)?.contentBlockIndex ?? -1;

const pieces = (events: ConverseStreamEvent[], ends: boolean): fc.Arbitrary<ConverseStreamEvent[]> =>
  fc
    .record({ parts: fc.tuple(...events.map(cut)), stops: ends ? fc.constant(true) : fc.boolean() })
    .map(({ parts, stops }) => {
      const all = parts.flat();
      return stops ? all : all.filter(({ contentBlockStop }) => !contentBlockStop);
    });

/** A delta in pieces, never within a surrogate pair: AWS cuts between characters. */
function cut(event: ConverseStreamEvent): fc.Arbitrary<ConverseStreamEvent[]> {
  const { contentBlockDelta } = event;
  const { text: said, toolUse, reasoningContent } = contentBlockDelta?.delta ?? {};
  const whole = said ?? toolUse?.input ?? reasoningContent?.text;
  if (whole === undefined || !contentBlockDelta) return fc.constant([event]);
  const { contentBlockIndex } = contentBlockDelta;
  return fc.array(fc.nat(whole.length), { maxLength: 4 }).map((cuts) => {
    const safe = [...new Set([0, ...cuts, whole.length])]
      .filter((at) => !/[\uD800-\uDBFF]/.test(whole.charAt(at - 1)))
      .toSorted((one, other) => one - other);
    const parts = safe.slice(1).map((end, index) => whole.slice(safe[index], end));
    return (parts.length > 0 ? parts : [""]).map((part) => ({
      contentBlockDelta: {
        contentBlockIndex,
        delta:
          said !== undefined
            ? { text: part }
            : toolUse
              ? { toolUse: { input: part } }
              : { reasoningContent: { text: part } },
      },
    }));
  });
}

/** Lists as one, each in its own order. */
function woven<T>(lists: readonly T[][], picks: readonly number[]): T[] {
  if (picks.length === 0) return lists.flat();
  const left = lists.map((list) => [...list]).filter((list) => list.length > 0);
  const all: T[] = [];
  for (let turn = 0; left.length > 0; turn += 1) {
    const at = picks[turn % picks.length]! % left.length;
    all.push(left[at]!.shift()!);
    if (left[at]!.length === 0) left.splice(at, 1);
  }
  return all;
}
