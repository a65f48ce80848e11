import type { ResponseEvent } from "../../../openai/responses/events.ts";

type Delta = { type: string; delta: string; logprobs?: unknown[] } & Record<string, unknown>;

/** Padding of the wire, and what is put together. */
const OWN: ReadonlySet<string> = new Set(["delta", "logprobs", "obfuscation"]);

/**
 * Adds an event to those that wait to be kept. Pieces of one text become one piece: a log of single tokens would be many times
 * the answer's size.
 */
export function addMerged(waiting: ResponseEvent[], event: ResponseEvent): void {
  const last: object | undefined = waiting.at(-1);
  const next: object = event;
  if (last && isDelta(last) && isDelta(next) && sameIn(last, next) && sameIn(next, last))
    waiting[waiting.length - 1] = together(last, next) as ResponseEvent;
  else waiting.push(event);
}

const isDelta = (event: object): event is Delta =>
  "type" in event &&
  String(event.type).endsWith(".delta") &&
  "delta" in event &&
  typeof event.delta === "string";

const sameIn = (one: Delta, other: Delta): boolean =>
  Object.keys(one).every((key) => OWN.has(key) || one[key] === other[key]);

function together(one: Delta, other: Delta): Record<string, unknown> {
  const { obfuscation: _, ...rest } = one;
  return {
    ...rest,
    delta: one.delta + other.delta,
    ...(one.logprobs && { logprobs: [...one.logprobs, ...(other.logprobs ?? [])] }),
  };
}
