import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode } from "../../src/wires/chat/encode.ts";
import { chunksIn } from "../../src/wires/chat/stored/chunks-in.ts";
import { createFold } from "../../src/wires/chat/stored/fold.ts";
import { createChatStream } from "../../src/wires/chat/stream.ts";
import { answer, streamOf } from "../support/arbitraries.ts";

const head = { id: "chatcmpl-1", created: 1, model: "m" };

const answerAndStream = answer.chain((one) => fc.tuple(fc.constant(one), streamOf(one)));

describe("a streamed answer that is kept", () => {
  it("is the one that would have come in one piece", () => {
    fc.assert(
      fc.property(answerAndStream, fc.boolean(), ([{ content, stopReason, usage }, events], includeUsage) => {
        const stream = createChatStream(head, { includeUsage });
        const fold = createFold(1);
        for (const event of events) for (const chunk of chunksIn(stream.push(event))) fold.push(chunk);
        for (const chunk of chunksIn(stream.end())) fold.push(chunk);
        const whole = encode(
          [{ output: { message: { role: "assistant", content } }, stopReason, usage }],
          head,
        );
        const { usage: counted, ...kept } = fold.completion();
        const { usage: expected, ...told } = whole;
        expect(fold.complete).toBe(true);
        // JSON: arguments come in pieces of their own, and mean the same.
        expect(normalised(kept)).toEqual(normalised(told));
        expect(counted).toEqual(includeUsage ? expected : undefined);
      }),
      { numRuns: 500 },
    );
  });

  it("is not whole before every choice has ended", () => {
    fc.assert(
      fc.property(answerAndStream, ([, events]) => {
        const stream = createChatStream(head, { choices: 2 });
        const fold = createFold(2);
        for (const event of events) for (const chunk of chunksIn(stream.push(event, 0))) fold.push(chunk);
        expect(fold.complete).toBe(false);
        for (const event of events) for (const chunk of chunksIn(stream.push(event, 1))) fold.push(chunk);
        expect(fold.complete).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

const normalised = (value: object): unknown =>
  JSON.parse(JSON.stringify(value), (name, member: unknown) =>
    name === "arguments" ? JSON.parse(member as string) : member,
  );
