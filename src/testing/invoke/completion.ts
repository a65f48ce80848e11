import { words } from "./family.ts";
import type { InferenceConfig, JsonObject } from "./family.ts";
import { textOf, thoughtOf } from "./written.ts";
import type { Written } from "./written.ts";

/** What families that write one text have in common. */

/** The text in the pieces in which it is streamed; one empty piece when there is none. */
export function piecesOf(text: string): string[] {
  const pieces = words(text);
  return pieces.length === 0 ? [""] : pieces;
}

/** The words for why it stopped: at the limit, or by itself. */
export function stopWord({ response: { stopReason } }: Written, stop: string, length: string): string {
  return stopReason === "max_tokens" ? length : stop;
}

/**
 * A text that begins in the middle of a thought; a thought that the prompt has not opened opens itself, and one that it
 * has is closed, however empty. A guardrail, which speaks in the model's place, knows nothing of either.
 */
export function textAfterThought(answer: Written, opened: boolean): string {
  const thought = thoughtOf(answer);
  const isSpoken = !opened || answer.response.stopReason === "guardrail_intervened";
  if (thought === "" && isSpoken) return textOf(answer);
  return `${opened ? "" : "<think>\n"}${thought}\n</think>\n\n${textOf(answer)}`;
}

/** The knobs of a body by the names it has for them. */
export function knobs(
  body: JsonObject,
  names: { maxTokens?: string; temperature?: string; topP?: string; stop?: string },
): InferenceConfig {
  const [maxTokens, temperature, topP, stop] = [
    names.maxTokens,
    names.temperature ?? "temperature",
    names.topP,
    names.stop,
  ].map((name) => (name === undefined ? undefined : (body[name] ?? undefined)));
  return {
    ...(maxTokens !== undefined && { maxTokens: maxTokens as number }),
    ...(temperature !== undefined && { temperature: temperature as number }),
    ...(topP !== undefined && { topP: topP as number }),
    ...(stop !== undefined && { stopSequences: [stop].flat() as string[] }),
  };
}
