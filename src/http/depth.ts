/** Far above any real request, far below what overflows the stack of a recursive walk such as JSON.stringify. */
export const MAX_DEPTH = 256;

/** Walks with a list of its own: a recursive walk would be the very overflow it looks for. */
export function isTooDeep(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      for (const child of Object.values(value)) {
        if (typeof child === "object" && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return false;
}
