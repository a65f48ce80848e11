/** No answer in time, as the SDK's own handlers have it. */
export const late = (ms: number): Error =>
  Object.assign(new Error(`No answer came within ${ms} ms.`), { name: "TimeoutError" });

/** Whoever asked has left, as the SDK's own handlers have it. */
export const abortError = (reason: unknown): Error =>
  Object.assign(new Error("Request aborted", { cause: reason }), { name: "AbortError" });

/** The other end has closed. @param where In what. */
export const brokenOff = (where: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`The connection ended ${where}.`), { code: "ECONNRESET" });

/** What the SDK takes for a lost connection, by what Node says of it. */
const LOST: ReadonlySet<unknown> = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT"]);

/** What a request failed with that has no answer, by the name that the SDK's own handlers give a lost connection. */
export const asLost = (error: NodeJS.ErrnoException): Error =>
  LOST.has(error.code) ? Object.assign(error, { name: "TimeoutError" }) : error;
