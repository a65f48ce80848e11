/** Far above any real request, far below what overflows the stack of a recursive walk such as JSON.stringify. */
export const MAX_DEPTH = 256;

/** No walk goes deeper than its bound, so it is never itself the overflow that it looks for. */
export function isTooDeep(value: unknown, levels = MAX_DEPTH): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels < 0) return true;
  // Object.values would make a list of every object in a request.
  if (Array.isArray(value)) return value.some((child) => isTooDeep(child, levels - 1));
  for (const name in value) if (isTooDeep((value as Record<string, unknown>)[name], levels - 1)) return true;
  return false;
}
