import type { Adjustment } from "../adjustments.ts";

/** More than this many of a kind tell nobody more. */
const MAX_ALIKE = 50;

/** A note for each of many parameters that are dropped for one reason. */
export function droppedNotes(params: readonly string[], reason: string): Adjustment[] {
  const more = params.length - MAX_ALIKE;
  const named = params.slice(0, MAX_ALIKE).map((param) => param.slice(0, 64));
  return [...named, ...(more > 0 ? [`${more} more`] : [])].map((param) => ({
    param,
    action: "dropped",
    reason,
  }));
}
