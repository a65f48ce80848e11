import { cachePointsOf, MAX_CACHE_POINTS, toCachePoint } from "./cache-point.ts";
import type { Traits } from "./traits.ts";
import type { CachePoint, Conversation } from "./types.ts";

/** Where the most is covered first: each point covers all before it. */
const PLACES = ["messages", "system", "tools"] as const;

/**
 * Cache points after the last user message, the system prompt and the tools, wherever this model caches and as far as
 * the caller's own leave room: nobody asked for one of them in particular, so nothing is lost where it does not.
 */
export function autoCache(conversation: Conversation, traits: Traits, ttl: CachePoint["ttl"]): Conversation {
  const own = cachePointsOf(conversation);
  const room = Math.max(0, MAX_CACHE_POINTS - own.length);
  const places = new Set(PLACES.filter((place) => traits.cachePoints.includes(place)).slice(0, room));
  // A shorter life before a caller's longer one would be refused.
  const lives = own.some((point) => point.ttl === "1h") ? "1h" : ttl;
  const point = (): { cachePoint: CachePoint } => toCachePoint(traits.cacheTtl ? lives : undefined);
  const { toolConfig, system, messages } = conversation;
  const last = messages.findLastIndex(({ role }) => role === "user");
  return {
    ...conversation,
    ...(toolConfig &&
      places.has("tools") && { toolConfig: { ...toolConfig, tools: [...toolConfig.tools, point()] } }),
    ...(system && places.has("system") && { system: [...system, point()] }),
    messages: messages.map(({ role, content }, index) => ({
      role,
      content: index === last && places.has("messages") ? [...content, point()] : content,
    })),
  };
}
