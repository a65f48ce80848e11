import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { type Cacheable, cachePointsOf, MAX_CACHE_POINTS, toCachePoint } from "../cache-point.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, SystemBlock } from "../types.ts";

const UNSUPPORTED: Adjustment = {
  param: "cache_control",
  action: "dropped",
  reason: "This model does not cache prompts there.",
};

const TOO_MANY: Adjustment = {
  param: "cache_control",
  action: "dropped",
  reason: `Bedrock takes at most ${MAX_CACHE_POINTS} cache points; those that cover the most are kept.`,
};

const SHORTENED: Adjustment = {
  param: "cache_control.ttl",
  action: "clamped",
  reason: "Cache points of one hour need a model that has them, and stand before those of five minutes.",
};

/** In the order in which the cache sees them. */
const SECTIONS = ["tools", "system", "messages"] as const;
type Section = (typeof SECTIONS)[number];

/**
 * Cache points as AWS wants them: only where the model caches, after something that can be cached, at most four of
 * them, and the longer-lived first. Where there are too many the last ones stay, since each covers all before it.
 */
export function cachePoints(conversation: Conversation, traits: Traits): Fitted {
  if (cachePointsOf(conversation).length === 0) return unchanged(conversation);
  const notes = new Set<Adjustment>();
  const placed = mapSections(conversation, (items, section) => {
    if (traits.cachePoints.includes(section)) return items.filter(isUseful);
    if (items.some((item) => item.cachePoint)) notes.add(UNSUPPORTED);
    return items.filter((item) => !item.cachePoint);
  });

  let surplus = Math.max(0, cachePointsOf(placed).length - MAX_CACHE_POINTS);
  if (surplus > 0) notes.add(TOO_MANY);
  let hourIsOver = !traits.cacheTtl;
  const fitted = mapSections(placed, (items) =>
    items.flatMap((item) => {
      if (!item.cachePoint) return [item];
      if (surplus > 0) {
        surplus -= 1;
        return [];
      }
      const isHour = item.cachePoint.ttl === "1h";
      if (isHour && hourIsOver) notes.add(SHORTENED);
      hourIsOver ||= !isHour;
      const { ttl } = item.cachePoint;
      const keepsTtl = ttl && (isHour ? !hourIsOver : traits.cacheTtl);
      return [toCachePoint(keepsTtl ? ttl : undefined) as typeof item];
    }),
  );
  return { conversation: fitted, adjustments: [...notes] };
}

type MapSection = <Item extends Cacheable>(items: Item[], section: Section) => Item[];

function mapSections(conversation: Conversation, map: MapSection): Conversation {
  const { toolConfig, system, messages } = conversation;
  const { system: _, ...rest } = conversation;
  return {
    ...rest,
    ...(toolConfig && { toolConfig: { ...toolConfig, tools: map(toolConfig.tools, "tools") } }),
    ...(system && withSystem(map(system, "system"))),
    messages: messages.map(({ role, content }) => ({ role, content: map(content, "messages") })),
  };
}

const withSystem = (system: SystemBlock[]): Pick<Conversation, "system"> =>
  system.length > 0 ? { system } : {};

/** Nothing before it, another point before it, or what no point may follow: it would be refused. */
function isUseful(item: Cacheable, index: number, items: readonly Cacheable[]): boolean {
  if (!item.cachePoint) return true;
  const before = items[index - 1] as (ContentBlock & Cacheable) | undefined;
  if (!before || before.cachePoint || before.reasoningContent) return false;
  return !before.document || before.document.format === "pdf";
}
