import { createStopSearch } from "./stop-search.ts";
import { textOf } from "./text-of.ts";
import type { ContentBlock, ConverseResponse, StopReason } from "./types.ts";

/**
 * An answer that ends before the first of the stop sequences, for models that know none. Sequences are found in what is
 * said, over blocks that follow one another, but not across a thought or a call.
 */
export function cutResponse(response: ConverseResponse, stopAt: readonly string[]): ConverseResponse {
  const { message } = response.output;
  const content = stopAt.length > 0 ? cutContent(message.content, stopAt) : undefined;
  if (!content) return response;
  return {
    ...response,
    output: { ...response.output, message: { ...message, content } },
    stopReason: cutStopReason(response.stopReason),
  };
}

/** Where a guardrail spoke, the text is not the model's, and the caller has to know that. */
export const cutStopReason = (stopReason: StopReason): StopReason =>
  stopReason === "guardrail_intervened" ? stopReason : "stop_sequence";

/** Undefined where there is nothing to cut. */
function cutContent(content: readonly ContentBlock[], stopAt: readonly string[]): ContentBlock[] | undefined {
  const search = createStopSearch(stopAt);
  let start = 0;
  for (let index = 0; index <= content.length; index += 1) {
    const block = content[index];
    const text = block && textOf(block);
    if (text !== undefined) {
      search.push(text);
      continue;
    }
    const at = search.end();
    if (at !== undefined) return [...content.slice(0, start), ...said(content.slice(start, index), at)];
    search.reset();
    start = index + 1;
  }
  return undefined;
}

/** The first `length` units of what blocks of text say. Citations were of the whole text of their block. */
function said(blocks: readonly ContentBlock[], length: number): ContentBlock[] {
  let left = length;
  return blocks.flatMap((block) => {
    const text = textOf(block)!;
    const kept = text.slice(0, left);
    left -= kept.length;
    return kept === text ? [block] : kept === "" ? [] : [{ text: kept }];
  });
}
