import type { ConverseStreamEvent } from "../../conversation/types.ts";
import { BedrockOpenAIError } from "../../errors.ts";

/** In characters; far above any answer: a hundred thousand tokens are half a million. */
const MAX_HELD = 8 * 1024 * 1024;

/** What an event costs whoever holds it, beside its text. */
const EVENT = 64;

/**
 * Counts what is held of a streamed answer until its end. A stream that has no end would take all memory.
 * @throws BedrockOpenAIError 502 where it is more than any model says.
 */
export function createHeld(most = MAX_HELD): (event: ConverseStreamEvent) => void {
  let held = 0;
  return ({ contentBlockDelta }) => {
    const { text, toolUse, reasoningContent } = contentBlockDelta?.delta ?? {};
    held += EVENT;
    for (const said of [text, toolUse?.input, reasoningContent?.text, reasoningContent?.redactedContent])
      if (said !== undefined) held += said.length;
    if (held > most) throw tooLong();
  };
}

const tooLong = (): BedrockOpenAIError =>
  new BedrockOpenAIError(502, "The answer was given up: it is larger than any model's.", {
    type: "server_error",
    code: "model_error",
  });
