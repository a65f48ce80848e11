import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { CachePoint, ContentBlock, Conversation, SystemBlock } from "../types.ts";

const MAX_POINTS = 4;

const UNSUPPORTED: Adjustment = {
  param: "cache_control",
  action: "dropped",
  reason: "This model does not cache prompts there.",
};

const TOO_MANY: Adjustment = {
  param: "cache_control",
  action: "dropped",
  reason: `Bedrock takes at most ${MAX_POINTS} cache points; those that cover the most are kept.`,
};

const SHORTENED: Adjustment = {
  param: "cache_control.ttl",
  action: "clamped",
  reason: "Cache points of one hour need a model that has them, and stand before those of five minutes.",
};

interface Cacheable {
  cachePoint?: CachePoint;
}

/** In the order in which the cache sees them. */
const SECTIONS = ["tools", "system", "messages"] as const;
type Section = (typeof SECTIONS)[number];

/**
 * Cache points as AWS wants them: only where the model caches, after something that can be cached, at most four of
 * them, and the longer-lived first. Where there are too many the last ones stay, since each covers all before it.
 */
export function cachePoints(conversation: Conversation, traits: Traits): Fitted {
  if (!hasPoints(conversation)) return unchanged(conversation);
  const notes = new Set<Adjustment>();
  const placed = mapSections(conversation, (items, section) => {
    if (traits.cachePoints.includes(section)) return items.filter(isUseful);
    if (items.some((item) => item.cachePoint)) notes.add(UNSUPPORTED);
    return items.filter((item) => !item.cachePoint);
  });

  let surplus = Math.max(0, countPoints(placed) - MAX_POINTS);
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
      const point: CachePoint = { type: "default", ...(keepsTtl && { ttl }) };
      return [{ cachePoint: point } as typeof item];
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

const sections = ({ toolConfig, system, messages }: Conversation): readonly (readonly Cacheable[])[] => [
  toolConfig?.tools ?? [],
  system ?? [],
  ...messages.map(({ content }) => content),
];

const countPoints = (conversation: Conversation): number =>
  sections(conversation).reduce((sum, items) => sum + items.filter((item) => item.cachePoint).length, 0);

const hasPoints = (conversation: Conversation): boolean => countPoints(conversation) > 0;
