/** A note of something done on the caller's behalf that they did not ask for. */
export interface Adjustment {
  /** The caller's parameter, as a path: `temperature`, `messages[3].content`. */
  param: string;
  action: "dropped" | "clamped" | "renamed" | "emulated" | "added";
  /** One short sentence. */
  reason: string;
}

/** Header blocks over 8–16 KiB are refused by common proxies; ours stays far below. */
const MAX_HEADER_CHARS = 4096;

/**
 * Adjustments as the value of `x-bedrock-adjustments`: a JSON array in ASCII. What does not fit is counted in a
 * last entry, never left out silently.
 */
export function toAdjustmentsHeader(adjustments: readonly Adjustment[]): string {
  const entries: string[] = [];
  let size = 0;
  for (const adjustment of adjustments) {
    const entry = toAscii(JSON.stringify(adjustment));
    if (size + entry.length > MAX_HEADER_CHARS) break;
    entries.push(entry);
    size += entry.length + 1;
  }
  const left = adjustments.length - entries.length;
  if (left > 0)
    entries.push(`{"param":"*","action":"dropped","reason":"${left} more notes did not fit in this header"}`);
  return `[${entries.join(",")}]`;
}

const toAscii = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
