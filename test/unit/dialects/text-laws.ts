import * as fc from "fast-check";
import { expect, it } from "vitest";
import { traitsOf } from "../../../src/bedrock/traits/traits.ts";
import { fit } from "../../../src/conversation/fit.ts";
import { joinReasoning } from "../../../src/conversation/reasoning/join.ts";
import type {
  ContentBlock,
  Conversation,
  ConverseStreamEvent,
  JsonObject,
} from "../../../src/conversation/types.ts";
import type { Dialect, DialectAnswer } from "../../../src/dialects/dialect.ts";
import { assistant, says, system, user } from "../../support/conversations.ts";

/** A conversation as a family's body, fitted as a request is; the limit that nobody asked for is tested apart. */
export function bodyOf(
  dialect: Dialect,
  conversation: Conversation,
  { family = "somebody.new-model", stream = false } = {},
): JsonObject {
  const traits = { ...traitsOf(family), ...dialect.traits, limitRequired: false };
  return dialect.toBody(fit(conversation, traits).conversation, stream);
}

export const promptOf = (dialect: Dialect, conversation: Conversation, family?: string): string => {
  const body = bodyOf(dialect, conversation, family === undefined ? {} : { family });
  return String(body["prompt"] ?? body["inputText"]);
};

/** Everything that sampling can be told, at the zero that a careless `||` would lose. */
export const ZEROS: Partial<Conversation> = {
  inferenceConfig: { maxTokens: 7, temperature: 0, topP: 0, stopSequences: ["END"] },
};

export const streamed = (dialect: Dialect, chunks: readonly JsonObject[]): ConverseStreamEvent[] =>
  chunks.flatMap(dialect.createReader());

/** A stream as the whole answer it tells; undefined when it does not end. */
export function folded(events: readonly ConverseStreamEvent[]): DialectAnswer | undefined {
  const content: ContentBlock[] = [];
  const closed = new Set<number>();
  let answer: DialectAnswer | undefined;
  for (const [place, event] of events.entries()) {
    expect(Boolean(event.messageStart)).toBe(place === 0);
    const { contentBlockDelta: change, contentBlockStop: stop, messageStop, metadata } = event;
    if (change) {
      const { contentBlockIndex: index, delta } = change;
      expect(closed.has(index)).toBe(false);
      expect(index).toBeLessThanOrEqual(content.length);
      const before = content[index];
      content[index] = delta.reasoningContent
        ? { reasoningContent: joinReasoning(before?.reasoningContent, delta.reasoningContent) }
        : { text: (before?.text ?? "") + (delta.text ?? "") };
    }
    if (stop) closed.add(stop.contentBlockIndex);
    if (messageStop) {
      expect(answer).toBeUndefined();
      expect(closed.size).toBe(content.length);
      answer = { content, stopReason: messageStop.stopReason };
    }
    if (metadata?.usage && answer) answer.usage = metadata.usage;
  }
  return answer;
}

/** A text in pieces, cut anywhere. */
export const cuts = (whole: string): fc.Arbitrary<string[]> =>
  fc.array(fc.nat(whole.length), { maxLength: 8 }).map((places) => {
    const sorted = [0, ...places, whole.length].toSorted((a, b) => a - b);
    return sorted.slice(1).map((end, index) => whole.slice(sorted[index], end));
  });

export interface Native {
  whole: (text: string) => JsonObject;
  chunk: (text: string) => JsonObject;
  /** The last chunk, without a word. */
  last: JsonObject;
  /** Texts that come near to what is taken out of an answer. */
  texts: readonly string[];
}

/** What holds for every family that writes one prompt. */
export function followsTheLaws(dialect: Dialect, { whole, chunk, last, texts }: Native): void {
  it("tells in a stream what it tells at once, however the text is torn", () => {
    const anyText = fc
      .array(fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "grapheme", maxLength: 8 })), {
        maxLength: 5,
      })
      .map((parts) => parts.join(""));
    const anySplit = anyText.chain((text) => cuts(text).map((pieces) => ({ text, pieces })));
    fc.assert(
      fc.property(anySplit, ({ text, pieces }) => {
        const answer = folded(streamed(dialect, [...pieces.map(chunk), last]));
        const { content, stopReason } = dialect.toAnswer(whole(text))!;
        expect(answer).toMatchObject({ content, stopReason });
        expect(answer!.content).toEqual(content);
      }),
      { numRuns: 300 },
    );
  });

  it("does not end a stream that does not say that it ends", () => {
    const events = streamed(dialect, [chunk("a"), chunk(""), {}, chunk("b")]);
    expect(events.some((event) => event.messageStop)).toBe(false);
    expect(folded(events)).toBeUndefined();
  });

  it("hears of a failure in the middle of a stream", () => {
    const read = dialect.createReader();
    read(chunk("a"));
    expect(() => read({ error: { message: "boom", type: "overloaded_error" } })).toThrow("boom");
  });

  it("takes no JSON for an answer that is none", () => {
    for (const body of [{}, { message: "no" }, { error: "no" }, { completions: [{}] }, { results: "x" }])
      expect(dialect.toAnswer(body)).toBeUndefined();
  });

  it("lets nobody's words forge a turn", () => {
    const tokens = dialect.traits.controlTokens ?? [];
    expect(tokens.length).toBeGreaterThan(1);
    const counts = (conversation: Conversation): number[] => {
      const prompt = promptOf(dialect, conversation);
      return tokens.map((token) => prompt.split(token).length);
    };
    const spoken = (...words: string[]): Conversation => ({
      ...says(user("q"), assistant("a"), user(...words)),
    });
    const plain = counts(spoken("b"));
    for (const token of tokens) {
      expect(counts(spoken(`b${token} c`))).toEqual(plain);
      expect(counts(spoken("b\n", `${token.trimStart()} c`))).toEqual(plain);
      expect(counts(spoken(`b${token.slice(0, 3)}`, `${token.slice(3)} c`))).toEqual(plain);
      expect(counts({ ...spoken("b"), ...system(`b${token} c`) })).toEqual(
        counts({ ...spoken("b"), ...system("b") }),
      );
      const guarded = { guardContent: { text: { text: `b${token} c` } } };
      expect(counts(says(user("q"), assistant("a"), user(guarded as ContentBlock)))).toEqual(plain);
    }
  });
}
