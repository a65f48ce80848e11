import type { EventFlow, Outlet } from "./event-flow.ts";

export type { EventFlow, Outlet };

/**
 * What bodies and headers are made of, for doors that have no use for a Web stream: in Node one costs as much as a small answer itself.
 * Everybody else sees an ordinary `Request` and `Response`.
 */

/** A whole answer's text, or an event stream that nobody has begun to read. */
export type PlainBody = string | EventFlow;

/** The method by which a response gives its text away, once; undefined where somebody has begun to read it. */
export const TAKE: unique symbol = Symbol("take");

interface Giver {
  [TAKE]?(): string | undefined;
}

const plainBodies = new WeakMap<ReadableStream, PlainBody>();

export const keepPlain = (body: ReadableStream, plain: PlainBody): unknown => plainBodies.set(body, plain);

/**
 * Takes an answer's body from behind its stream, which is not to be read any more.
 * @returns undefined where it is not made of text, or somebody has begun to read it.
 */
export const takePlainBody = (answer: Response): PlainBody | undefined =>
  (answer as Giver)[TAKE]?.() ?? takeKept(answer);

/** An event stream from behind its body, which nobody else can read until it is closed, as if it had been read. */
export interface TakenFlow {
  flow: EventFlow;
  close(): void;
}

/** Takes an event stream; undefined for all else, and where somebody has begun to read it. */
export function takeFlow(answer: Response): TakenFlow | undefined {
  const flow = takeKept(answer);
  const reader = typeof flow === "object" ? answer.body?.getReader() : undefined;
  if (typeof flow !== "object" || !reader) return undefined;
  const close = (): void => {
    void reader.cancel();
    reader.releaseLock();
  };
  return { flow, close };
}

function takeKept({ body, bodyUsed }: Response): PlainBody | undefined {
  if (!body || bodyUsed || body.locked) return undefined;
  const plain = plainBodies.get(body);
  plainBodies.delete(body);
  return typeof plain === "object" && plain.isRead ? undefined : plain;
}

/** Reads a body piece by piece, as the reader of its stream would. */
export type BodyReader = Pick<ReadableStreamDefaultReader<Uint8Array>, "read" | "cancel">;

/** The method by which a door's request lends its body; undefined where it is not to be had without a stream. */
export const LEND: unique symbol = Symbol("lend");

interface Lender {
  [LEND]?(): BodyReader | undefined;
}

/** Reads a request's body, once; undefined where there is none. */
export const readerOf = (request: Request): BodyReader | undefined =>
  (request as Lender)[LEND]?.() ?? request.body?.getReader();

/** The member under which a response has the headers that nobody has asked it for yet. */
export const HEADERS: unique symbol = Symbol("headers");

/** What the headers of an answer have in common, whoever keeps them. Names in lower case. */
export interface PlainHeaders extends Iterable<[string, string]> {
  get(name: string): string | null | undefined;
  set(name: string, value: string): unknown;
}

/**
 * The headers of an answer, for us and for doors that write them out one by one. Node's `Headers` looks at every letter that it is
 * told, and puts all in order for whoever reads them, which costs as much as writing a small answer: where nobody has asked for
 * one, it is not made.
 */
export const headersOf = (answer: Response): PlainHeaders =>
  (answer as { [HEADERS]?: PlainHeaders })[HEADERS] ?? answer.headers;
