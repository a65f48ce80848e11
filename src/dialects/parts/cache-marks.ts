import type { Cacheable } from "../../conversation/cache-point.ts";
import type { CachePoint, JsonObject } from "../../conversation/types.ts";

/**
 * Blocks, instructions or tools in native words. A cache point is a block of its own in Converse, and a mark on what
 * stands before it in native bodies.
 */
export function withCacheMarks<Item extends Cacheable>(
  items: readonly Item[],
  toNative: (item: Item) => JsonObject | undefined,
  toMark: (point: CachePoint) => JsonObject,
): JsonObject[] {
  const native: JsonObject[] = [];
  for (const item of items) {
    const told = item.cachePoint ? undefined : toNative(item);
    if (told) native.push(told);
    const last = native.at(-1);
    if (item.cachePoint && last) native[native.length - 1] = { ...last, ...toMark(item.cachePoint) };
  }
  return native;
}
