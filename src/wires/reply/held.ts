import type { ConverseStreamEvent } from "../../conversation/types.ts";
import { BedrockOpenAIError } from "../../errors.ts";

/** In characters; far above any answer: a hundred thousand tokens, each in a piece of its own, are half of it. */
const MAX_HELD = 4 * 1024 * 1024;

/** What a piece costs whoever holds it, beside its text. */
const PIECE = 16;

/**
 * Counts what is held of a streamed answer until its end. A stream that has no end would take all memory.
 * @returns Takes the characters of each piece. It throws a BedrockOpenAIError 502 where they are more than any model says.
 */
export function createHeld(most = MAX_HELD): (characters: number) => void {
  let held = 0;
  return (characters) => {
    held += PIECE + characters;
    if (held > most) throw tooLong();
  };
}

/** What an event tells of the answer, in characters. */
export function charactersIn({ contentBlockDelta }: ConverseStreamEvent): number {
  const { text, toolUse, reasoningContent } = contentBlockDelta?.delta ?? {};
  const said = [text, toolUse?.input, reasoningContent?.text, reasoningContent?.redactedContent];
  return said.reduce((sum, each) => sum + (each?.length ?? 0), 0);
}

const tooLong = (): BedrockOpenAIError =>
  new BedrockOpenAIError(502, "The answer was given up: it is larger than any model's.", {
    type: "server_error",
    code: "model_error",
  });
