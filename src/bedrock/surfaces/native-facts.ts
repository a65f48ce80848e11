import type { JsonObject, Usage } from "../../conversation/types.ts";
import { isCount } from "../../conversation/well-formed.ts";

/** What InvokeModel's headers count. Source: AWS's responses; the service model does not name them. */
const COUNTS: readonly (readonly [keyof Usage, string])[] = [
  ["inputTokens", "x-amzn-bedrock-input-token-count"],
  ["outputTokens", "x-amzn-bedrock-output-token-count"],
  ["cacheReadInputTokens", "x-amzn-bedrock-cache-read-input-token-count"],
  ["cacheWriteInputTokens", "x-amzn-bedrock-cache-write-input-token-count"],
];

/** What the last chunk of a stream counts. */
const METRICS: readonly (readonly [keyof Usage, string])[] = [
  ["inputTokens", "inputTokenCount"],
  ["outputTokens", "outputTokenCount"],
  ["cacheReadInputTokens", "cacheReadInputTokenCount"],
  ["cacheWriteInputTokens", "cacheWriteInputTokenCount"],
];

const pick = (
  table: readonly (readonly [keyof Usage, string])[],
  facts: Readonly<Record<string, unknown>>,
): Partial<Usage> =>
  Object.fromEntries(
    table.flatMap(([name, key]) => {
      const count = Number(facts[key] ?? Number.NaN);
      return Number.isFinite(count) ? [[name, count]] : [];
    }),
  );

export const countsOfHeaders = (headers: Readonly<Record<string, string>>): Partial<Usage> =>
  pick(COUNTS, headers);

export const countsOfMetrics = (metrics: unknown): Partial<Usage> =>
  pick(METRICS, (metrics ?? {}) as JsonObject);

/** What the body counts comes before what AWS counts; where neither does, there is nothing to tell. */
export function toUsage(...counts: readonly (Partial<Usage> | undefined)[]): Usage {
  const told = counts.toReversed().map(believed);
  const usage = { inputTokens: 0, outputTokens: 0, ...Object.assign({}, ...told) } as Usage;
  const { inputTokens, outputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage;
  return { ...usage, totalTokens: inputTokens + outputTokens + cacheReadInputTokens + cacheWriteInputTokens };
}

/** Bodies are the models' own, and what is no count must not be reckoned with. */
const believed = (counts: Partial<Usage> = {}): Partial<Usage> =>
  Object.fromEntries(
    Object.entries(counts).filter(([, count]) => typeof count === "object" || isCount(count)),
  );

/** A guardrail's verdict in a native answer. */
export const isIntervened = (body: JsonObject): boolean =>
  body["amazon-bedrock-guardrailAction"] === "INTERVENED";

export const traceOf = (body: JsonObject): JsonObject | undefined =>
  body["amazon-bedrock-trace"] as JsonObject | undefined;

/**
 * What JSON pointers find in a native answer, as Converse gives `additionalModelResponseFields`: one object with a member
 * for each. Source: RFC 6901.
 */
export function pointed(body: JsonObject, paths: readonly string[] = []): JsonObject {
  const found: JsonObject = {};
  // What stands within a member that is told anyway must not be put into it: it is the answer's own.
  for (const path of paths.filter((each) => !paths.some((other) => each.startsWith(`${other}/`)))) {
    const keys = path
      .split("/")
      .slice(1)
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    const value = keys.reduce<unknown>(inside, body);
    if (value !== undefined) put(found, keys, value);
  }
  return found;
}

const inside = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as JsonObject)[key]
    : undefined;

function put(into: JsonObject, keys: readonly string[], value: unknown): void {
  const [key = "", ...rest] = keys;
  const put1 = (held: unknown): void =>
    void Object.defineProperty(into, key, {
      value: held,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  if (rest.length === 0) return put1(value);
  const held = inside(into, key) ?? {};
  put1(held);
  put(held as JsonObject, rest, value);
}
