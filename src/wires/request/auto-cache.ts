import type { CommonRequest } from "../../openai/common-parameters.ts";
import type { Decoded } from "../decoded.ts";
import type { Notes } from "../../reception/notes.ts";

/**
 * Whether everything is to be cached that the model can: OpenAI's implicit mode, a top-level `cache_control`, or the
 * operator's `promptCache: 'auto'`.
 */
export function autoCacheOf(request: CommonRequest, operator: "auto" | "explicit"): Decoded["autoCache"] {
  const mode = request.prompt_cache_options?.mode ?? (operator === "auto" ? "implicit" : "explicit");
  if (mode === "explicit" && !request.cache_control) return undefined;
  const ttl = request.cache_control?.ttl === "1h" ? "1h" : defaultTtl(request);
  return ttl ? { ttl } : {};
}

/** OpenAI's wish for a longer life; one hour is AWS's longest. */
export const defaultTtl = (request: CommonRequest): "1h" | undefined =>
  request.prompt_cache_retention === "24h" || request.prompt_cache_options?.ttl === "30m" ? "1h" : undefined;

/** Says that a wish for a longer life found nothing that would live. */
export function noteIdleTtl(request: CommonRequest, isCached: boolean, notes: Notes): void {
  if (isCached || !defaultTtl(request)) return;
  notes.note(
    request.prompt_cache_retention ? "prompt_cache_retention" : "prompt_cache_options",
    "dropped",
    "Nothing in this request is marked for the cache.",
  );
}
