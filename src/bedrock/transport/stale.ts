import type { ClientRequest } from "node:http";

const stale = new WeakSet<Error>();

/** A closed socket says so within one round trip; what comes later was read by somebody. */
const ROUND_TRIP_MS = 2_000;

const CLOSED = /^(ECONNRESET|EPIPE|ECONNABORTED)$/;

/** Whether a kept socket had been closed at its other end before the request came, which nobody has read then. */
export const isStale = (error: unknown): boolean => error instanceof Error && stale.has(error);

/** @param request Is about to be written to a socket that has served before. */
export function watchReuse(request: ClientRequest): void {
  const begun = performance.now();
  request.prependOnceListener("error", (error: NodeJS.ErrnoException) => {
    if (CLOSED.test(error.code ?? "") && performance.now() - begun < ROUND_TRIP_MS) stale.add(error);
  });
}
