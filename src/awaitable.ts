/** What may be there already: promises that are waited for without need take turns, which add up over a call. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Whether it is still to come. A process may have put another `Promise` in the place of Node's, as zone.js does: what an async
 * function returns is no instance of that.
 */
export const isPending = <T>(value: Awaitable<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === "function";
