/** What may be there already: promises that are waited for without need take turns, which add up over a call. */
export type Awaitable<T> = T | Promise<T>;
