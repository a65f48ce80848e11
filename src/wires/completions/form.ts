import type { StopReason } from "../../conversation/types.ts";
import type { CompletionFinish } from "../../openai/completion-response.ts";
import { toFinish } from "../reply/finish.ts";

/** What of the answer's form depends on how the caller asked. */
export interface CompletionForm {
  /** What each choice's text begins with, by its index: its prompt, where that is to be echoed. */
  echoes: readonly string[];
  /** Bedrock's own words beside the answer were asked for. */
  extras: boolean;
}

/** No tool is offered, so whatever looks like a call has simply ended. */
export function toCompletionFinish(stopReason: StopReason): CompletionFinish {
  const finish = toFinish(stopReason);
  return finish === "tool_calls" ? "stop" : finish;
}
