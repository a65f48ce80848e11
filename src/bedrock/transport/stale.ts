const stale = new WeakSet<Error>();

/** A closed socket says so within one round trip; what comes later was read by somebody. */
const ROUND_TRIP_MS = 2_000;

const CLOSED = /^(ECONNRESET|EPIPE|ECONNABORTED)$/;

/** Whether nobody has read the request: a kept socket had been closed at its other end before it came, or AWS refused to read it. */
export const isStale = (error: unknown): boolean => error instanceof Error && stale.has(error);

/** Says of what a request failed with that nobody has read that. */
export const markStale = (error: Error): void => void stale.add(error);

/** @param begun When a request was written to a socket that has served before, by `performance.now()`. */
export const closedAtOnce = ({ code = "" }: NodeJS.ErrnoException, begun: number): boolean =>
  CLOSED.test(code) && performance.now() - begun < ROUND_TRIP_MS;
