import type { CallContext } from "../../context.ts";
import { BedrockOpenAIError } from "../../errors.ts";
import { kindOf } from "../../openai/responses/items.ts";
import type { AskedResponse, PlacedItem } from "./asked.ts";

/** How much of what was said is sent, try after try; at last nothing but the last turn. */
const SHARES = [3 / 4, 1 / 2, 1 / 4, 0];

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
  const shares = isAuto ? [...SHARES] : [];
  let left = asked;
  for (;;) {
    try {
      return await attempt(left);
    } catch (thrown) {
      if (!isTooLong(thrown)) throw thrown;
      const shorter = shorterThan(left, asked, shares);
      if (!shorter) throw thrown;
      adjustments.length = before;
      left = shorter;
    }
  }
}

/** @param shares Those that were not tried yet. */
function shorterThan(left: AskedResponse, asked: AskedResponse, shares: number[]): AskedResponse | undefined {
  for (let share = shares.shift(); share !== undefined; share = shares.shift()) {
    const shorter = shortened(asked, share);
    if (shorter && shorter.items.length < left.items.length) return shorter;
  }
  return undefined;
}

const isTooLong = (thrown: unknown): boolean =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "context_length_exceeded";

/**
 * Without its oldest turns; instructions stay, and the last turn. Undefined where there is nothing else.
 * @param share How much may be left of what was said, between 0 and 1.
 */
export function shortened(asked: AskedResponse, share: number): AskedResponse | undefined {
  const { items } = asked;
  const from = cutOf(items, share);
  if (from === undefined) return undefined;
  const left = withoutOrphans([...items.slice(0, from).filter(instructs), ...items.slice(from)]);
  return { ...asked, items: left, omitted: items.length - left.length };
}

/** Where the first turn begins with which no more than that is left, or else the last one. */
function cutOf(items: readonly PlacedItem[], share: number): number | undefined {
  const sizes = items.map(({ item }) => JSON.stringify(item).length);
  const first = items.findIndex((each) => !instructs(each));
  let rest = sizes.reduce((sum, size) => sum + size, 0);
  const room = rest * share;
  let last: number | undefined;
  for (const [index, each] of items.entries()) {
    if (index > first && asksAnew(each)) {
      last = index;
      if (rest <= room) return index;
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
