import type { StopReason } from "../../conversation/types.ts";
import { BedrockOpenAIError } from "../../errors.ts";

/** Why an answer ended, in OpenAI's words, whatever the wire makes of them. */
export type Finish = "stop" | "length" | "tool_calls" | "content_filter";

const FINISH: ReadonlyMap<string, Finish> = new Map([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["tool_use", "tool_calls"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["guardrail_intervened", "content_filter"],
  ["content_filtered", "content_filter"],
]);

/** Ways in which hosts of models say that an answer failed. */
const FAILED = /^(error|failed|failure|abort|aborted|cancel|cancelled|user_cancel)$/i;

/** @throws BedrockOpenAIError 502 when the model's output was unusable: retrying may help, pretending would not. */
export function toFinish(stopReason: StopReason): Finish {
  if (FAILED.test(stopReason)) {
    throw new BedrockOpenAIError(502, `The model failed while answering (${stopReason}). Please try again.`, {
      type: "server_error",
      code: "model_error",
    });
  }
  if (stopReason === "malformed_model_output" || stopReason === "malformed_tool_use") {
    throw new BedrockOpenAIError(502, `The model's output was malformed (${stopReason}). Please try again.`, {
      type: "server_error",
      code: stopReason,
    });
  }
  return FINISH.get(stopReason) ?? "stop";
}
