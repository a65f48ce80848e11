import type { InferenceConfig, StopReason } from "../../conversation/types.ts";
import { CHARACTERS_PER_TOKEN } from "./usage.ts";

export interface LimitedText {
  text: string;
  stopReason: StopReason;
  /** The stop sequence that was hit. */
  stopSequence?: string;
}

/** Cuts a text before its first stop sequence, then at `maxTokens` of four characters each. */
export function limitText(
  text: string,
  { maxTokens, stopSequences = [] }: InferenceConfig = {},
): LimitedText {
  const stops = stopSequences
    .map((stopSequence) => ({ stopSequence, at: text.indexOf(stopSequence) }))
    .filter(({ at }) => at >= 0);
  const limit = (maxTokens ?? Infinity) * CHARACTERS_PER_TOKEN;
  const first = stops.toSorted((one, other) => one.at - other.at)[0];
  if (first && first.at <= limit) {
    return { text: text.slice(0, first.at), stopReason: "stop_sequence", stopSequence: first.stopSequence };
  }
  if (text.length <= limit) return { text, stopReason: "end_turn" };
  return { text: wholeCharacters(text.slice(0, limit)), stopReason: "max_tokens" };
}

/** Without a half of a surrogate pair at its end. */
function wholeCharacters(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, "");
}
