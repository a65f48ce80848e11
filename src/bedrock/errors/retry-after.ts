/** A wait that a server names and that is longer than a day is none. */
const LONGEST_MS = 24 * 60 * 60_000;

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * When to come again, in milliseconds from now, as `retry-after-ms` or `retry-after` say it, in seconds or as a date; undefined
 * where they say nothing that makes sense. Names in lower case.
 */
export function retryAfterMs(headers: Headers | undefined, now: () => number = Date.now): number | undefined {
  const precise = number(headers?.["retry-after-ms"]);
  const said = headers?.["retry-after"];
  const seconds = number(said);
  const wait =
    precise ?? (seconds === undefined ? Date.parse(said ?? "") - now() : Math.ceil(seconds * 1_000));
  return wait >= 0 && wait <= LONGEST_MS ? wait : undefined;
}

const number = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
