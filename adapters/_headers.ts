/**
 * Headers of the app's own stay where ours do not have the same name. `vary` is a list: both count.
 * @param before What the app has set of `vary`.
 */
export function keepVary(headers: Headers, before: unknown): void {
  const own = headers.get("vary");
  if (own !== null && before !== undefined) headers.set("vary", [before, own].flat().join(", "));
}
