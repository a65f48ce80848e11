import type { CallContext } from "../../context.ts";
import { BedrockOpenAIError } from "../../errors.ts";
import { kindOf } from "../../openai/responses/items.ts";
import type { AskedResponse, PlacedItem } from "./asked.ts";

/** Each try leaves half of what was said, so that the last ones are short. */
const MAX_TRIES = 8;

/**
 * `truncation: "auto"`: nobody knows a model's window before it refuses, so the oldest turns are left out when it does, and the
 * rest is sent again. Of several targets the last one is asked so: another one may take it all.
 * @throws Whatever the attempt throws, where it is not that or nothing is left to leave out.
 */
export async function withinWindow<T>(
  { adjustments, patience }: Pick<CallContext, "adjustments" | "patience">,
  asked: AskedResponse,
  attempt: (asked: AskedResponse) => Promise<T>,
): Promise<T> {
  const before = adjustments.length;
  const isAuto = asked.request.truncation === "auto" && patience.isLast;
  let left = asked;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(left);
    } catch (thrown) {
      const shorter = isAuto && tries < MAX_TRIES && isTooLong(thrown) ? shortened(left) : undefined;
      if (!shorter) throw thrown;
      adjustments.length = before;
      left = shorter;
    }
  }
}

const isTooLong = (thrown: unknown): boolean =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "context_length_exceeded";

/** Without the older half of its turns; instructions stay. Undefined where only the last turn is left. */
export function shortened(asked: AskedResponse): AskedResponse | undefined {
  const { items, omitted = 0 } = asked;
  const from = cutOf(items);
  if (from === undefined) return undefined;
  const left = withoutOrphans([...items.slice(0, from).filter(instructs), ...items.slice(from)]);
  return { ...asked, items: left, omitted: omitted + items.length - left.length };
}

/** Where the first turn begins with which at most half is left, or else the last one. */
function cutOf(items: readonly PlacedItem[]): number | undefined {
  const sizes = items.map(({ item }) => JSON.stringify(item).length);
  const half = sizes.reduce((sum, size) => sum + size, 0) / 2;
  const first = items.findIndex((each) => !instructs(each));
  let rest = half * 2;
  let last: number | undefined;
  for (const [index, each] of items.entries()) {
    if (index > first && asksAnew(each)) {
      last = index;
      if (rest <= half) return index;
    }
    rest -= sizes[index]!;
  }
  return last;
}

const asksAnew = ({ item }: PlacedItem): boolean => kindOf(item) === "message" && item["role"] === "user";

/** Also what is left of a history that was compacted. */
function instructs({ item }: PlacedItem): boolean {
  const kind = kindOf(item);
  if (kind === "compaction" || kind === "additional_tools") return true;
  return kind === "message" && (item["role"] === "system" || item["role"] === "developer");
}

/** Results of calls that were left out have to go with them. */
function withoutOrphans(items: PlacedItem[]): PlacedItem[] {
  const calls = new Set(
    items.flatMap(({ item }) => (kindOf(item).endsWith("_call") ? [item["call_id"], item.id] : [])),
  );
  return items.filter(
    ({ item }) => !kindOf(item).endsWith("_call_output") || calls.has(item["call_id"] ?? item.id),
  );
}
