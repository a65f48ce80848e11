import type { CachePoint } from "../../conversation/types.ts";
import { CLAUDE, CLAUDE_FROM_4_5, NOVA } from "./families.ts";
import { placedBlocks } from "./request.ts";
import type { ConverseRequest, RequestBlock } from "./request.ts";
import { firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

const MAX_POINTS = 4;
const CACHING = /^(anthropic\.|amazon\.nova-|zai\.glm-5\.3)/;

type Section = readonly { cachePoint?: CachePoint }[];

export const CACHE_POINT_RULES: readonly Rule[] = [
  {
    name: "not every model has a prompt cache",
    error: "AccessDeniedException",
    check: (request, { baseId }) => {
      const novaTools = NOVA.test(baseId) && request.toolConfig?.tools.some(({ cachePoint }) => cachePoint);
      return points(request).length > 0 && baseId && (!CACHING.test(baseId) || novaTools)
        ? "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for " +
            "more information."
        : undefined;
    },
  },
  {
    name: "a cache point has something before it",
    check: (request) =>
      sections(request).some(([first]) => first?.cachePoint)
        ? "There is nothing available to cache."
        : undefined,
  },
  {
    name: "at most 4 cache points",
    check: (request) =>
      points(request).length > MAX_POINTS
        ? modelError(
            `A maximum of ${MAX_POINTS} blocks with cache_control may be provided. Found ${points(request).length}.`,
          )
        : undefined,
  },
  {
    name: "an hour of cache is for Claude 4.5 and later",
    check: (request, { baseId }) => {
      const hour = points(request).some(({ ttl }) => ttl === "1h");
      if (!hour || !baseId || CLAUDE_FROM_4_5.test(baseId)) return undefined;
      return CLAUDE.test(baseId)
        ? modelError("cache_control.ephemeral.ttl: Extra inputs are not permitted")
        : "Extended TTL prompt caching is only supported for Anthropic models";
    },
  },
  {
    name: "longer-lived cache points come first",
    check: (request) => {
      const lives = points(request).map(({ ttl }) => ttl ?? "5m");
      return lives.lastIndexOf("1h") > lives.indexOf("5m") && lives.includes("5m")
        ? modelError("a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block.")
        : undefined;
    },
  },
  {
    name: "a cache point does not follow reasoning, or a document that is not a PDF",
    check: (request, { baseId }) =>
      CLAUDE.test(baseId)
        ? firstOf(placedBlocks(request), ({ block, at, messageIndex, index }) => {
            const before = request.messages?.[messageIndex]?.content[index - 1];
            return block.cachePoint && before && badNeighbour(before, at);
          })
        : undefined,
  },
];

function badNeighbour(before: RequestBlock, at: string): string | undefined {
  if (before.reasoningContent) {
    return "Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again.";
  }
  const isOtherDocument = before.document && before.document.format !== "pdf";
  return isOtherDocument ? modelError(`${at}.type: Field required`) : undefined;
}

/** In the order the cache sees them. */
function sections({ toolConfig, system = [], messages = [] }: ConverseRequest): Section[] {
  return [toolConfig?.tools ?? [], system, ...messages.map(({ content }) => content)];
}

function points(request: ConverseRequest): CachePoint[] {
  return sections(request).flatMap((section) =>
    section.flatMap(({ cachePoint }) => (cachePoint ? [cachePoint] : [])),
  );
}
