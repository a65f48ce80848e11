import { toCachePoint } from "../../conversation/cache-point.ts";
import type { CachePoint, ContentBlock } from "../../conversation/types.ts";
import type { CacheMarks } from "../../openai/cache-marks.ts";
import type { Decoding } from "./decoding.ts";

const LIFETIMES: ReadonlySet<string> = new Set(["5m", "1h"]);

/** Why Anthropic's `cache_control.scope` is not sent. */
export const NO_SCOPES = "On Bedrock the cache is the account's own.";

/** The cache point that a part, message or tool asks for; undefined where it does not. */
export function cachePointOf(
  marked: CacheMarks,
  { cacheTtl, noteOnce }: Decoding,
): { cachePoint: CachePoint } | undefined {
  if (!marked.cache_control && !marked.prompt_cache_breakpoint) return undefined;
  if (marked.cache_control?.scope != null) noteOnce("cache_control.scope", "dropped", NO_SCOPES);
  const ttl = marked.cache_control?.ttl;
  return toCachePoint(ttl != null && LIFETIMES.has(ttl) ? (ttl as CachePoint["ttl"]) : cacheTtl);
}

/** Blocks with the cache point that is asked for after them. */
export function withCachePoint(
  blocks: readonly ContentBlock[],
  marked: CacheMarks,
  decoding: Decoding,
): ContentBlock[] {
  const point = cachePointOf(marked, decoding);
  return point && blocks.length > 0 ? [...blocks, point] : [...blocks];
}
