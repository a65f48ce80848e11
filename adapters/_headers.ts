import { headersOf } from "../src/http/plain-bodies.ts";

/**
 * Headers of the app's own stay where ours do not have the same name. `vary` is a list: both count.
 * @param before What the app has set of `vary`.
 */
export function keepVary(answer: Response, before: unknown): void {
  if (before === undefined) return;
  const headers = headersOf(answer);
  const own = headers.get("vary") ?? undefined;
  if (own !== undefined) headers.set("vary", [before, own].flat().join(", "));
}

/** Tells a framework all headers of an answer, one by one. */
export function tellHeaders(answer: Response, tell: (name: string, value: string) => unknown): void {
  for (const [name, value] of headersOf(answer)) tell(name, value);
}
