import type { Traits } from "./traits.ts";
import type { CachePoint, Conversation } from "./types.ts";

/**
 * Cache points after tools, system prompt and the last user message, wherever this model caches: nobody asked for one
 * of them in particular, so nothing is lost where it does not.
 */
export function autoCache(
  conversation: Conversation,
  { cachePoints, cacheTtl }: Traits,
  ttl: CachePoint["ttl"],
): Conversation {
  const point = (): { cachePoint: CachePoint } => ({
    cachePoint: { type: "default", ...(ttl && cacheTtl && { ttl }) },
  });
  const { toolConfig, system, messages } = conversation;
  const last = messages.findLastIndex(({ role }) => role === "user");
  return {
    ...conversation,
    ...(toolConfig &&
      cachePoints.includes("tools") && {
        toolConfig: { ...toolConfig, tools: [...toolConfig.tools, point()] },
      }),
    ...(system && cachePoints.includes("system") && { system: [...system, point()] }),
    ...(cachePoints.includes("messages") && {
      messages: messages.map(({ role, content }, index) => ({
        role,
        content: index === last ? [...content, point()] : content,
      })),
    }),
  };
}
