import * as fc from "fast-check";
import type { ConverseStreamEvent } from "../../src/conversation/types.ts";
import { split } from "./arbitraries.ts";
import { concat, eventFrame, exceptionFrame } from "./frames.ts";
import { streamed, wholeAnswer } from "./response-answers.ts";

/** Answers as ConverseStream's events, and what a network makes of their bytes. */

export const bytesOf = (events: readonly ConverseStreamEvent[]): Uint8Array =>
  concat(...events.map(eventFrame));

/** A whole answer, and its events with its blocks in any order. */
export const anyStream = fc
  .tuple(wholeAnswer, fc.boolean())
  .chain(([whole, inOrder]) => fc.tuple(fc.constant(whole), streamed(whole, { inOrder })));

/** The same, block by block. */
export const orderlyStream = wholeAnswer.chain((whole) =>
  fc.tuple(fc.constant(whole), streamed(whole, { inOrder: true })),
);

/** The bytes of a stream, and the same in any pieces. */
export const splitStream = anyStream
  .map(([, events]) => bytesOf(events))
  .chain((bytes) => fc.tuple(fc.constant(bytes), split(bytes)));

/** The bytes of a stream that ends anywhere but at its end, with an exception of AWS's or without. */
export const brokenStream = anyStream.chain(([, events]) => {
  const bytes = bytesOf(events.slice(0, -1));
  return fc
    .record({
      bytes: fc.nat(bytes.length - 1).map((end) => bytes.slice(0, end)),
      exception: fc.constantFrom("internalServerException", "throttlingException", undefined),
    })
    .map(({ bytes, exception }) =>
      concat(bytes, ...(exception ? [exceptionFrame(exception, { message: "oops" })] : [])),
    );
});
