import type { CachePoint, Conversation } from "./types.ts";

/** Bedrock's bound on one request. */
export const MAX_CACHE_POINTS = 4;

export interface Cacheable {
  cachePoint?: CachePoint;
}

export const toCachePoint = (ttl?: CachePoint["ttl"]): { cachePoint: CachePoint } => ({
  cachePoint: { type: "default", ...(ttl && { ttl }) },
});

const pointsIn = (items: readonly Cacheable[]): CachePoint[] =>
  items.flatMap((item) => item.cachePoint ?? []);

/** Every cache point of a conversation, in the order in which the cache sees them. */
export const cachePointsOf = ({ toolConfig, system, messages }: Conversation): CachePoint[] => [
  ...pointsIn(toolConfig?.tools ?? []),
  ...pointsIn(system ?? []),
  ...messages.flatMap(({ content }) => pointsIn(content)),
];
