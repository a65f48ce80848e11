import type { Adjustment } from "../../adjustments.ts";
import { BedrockOpenAIError } from "../../errors.ts";

/** What the rest of the house says of `messages` is here said of what the caller sent. */
export const toPromptParam = (param: string): string => (param === "messages" ? "prompt" : param);

export const toPromptNote = (note: Adjustment): Adjustment => ({ ...note, param: toPromptParam(note.param) });

export function toPromptError(thrown: unknown): unknown {
  if (!BedrockOpenAIError.isInstance(thrown) || thrown.param !== "messages") return thrown;
  const { status, message, type, code, headers, cause } = thrown;
  return new BedrockOpenAIError(status, message, { type, code, param: "prompt", headers, cause });
}
