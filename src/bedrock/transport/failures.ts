/** No answer in time, as the SDK's own handlers have it. */
export const late = (ms: number): Error =>
  Object.assign(new Error(`No answer came within ${ms} ms.`), { name: "TimeoutError" });

/** Whoever asked has left, as the SDK's own handlers have it. */
export const abortError = (reason: unknown): Error =>
  Object.assign(new Error("Request aborted", { cause: reason }), { name: "AbortError" });
