import { BedrockOpenAIError } from "../../../errors.ts";
import type { StopReason } from "../../../conversation/types.ts";
import type { FinishReason } from "../../../openai/chat-response.ts";
import { PLAIN_FORM, type ReplyForm } from "./form.ts";

const FINISH: ReadonlyMap<string, FinishReason> = new Map([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["tool_use", "tool_calls"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["guardrail_intervened", "content_filter"],
  ["content_filtered", "content_filter"],
]);

/**
 * Agent loops go on only at `tool_calls`, so a plain stop beside a tool call says that.
 * @throws BedrockOpenAIError 502 when the model's output was unusable: retrying may help, pretending would not.
 */
export function toFinishReason(
  stopReason: StopReason,
  callsTools: boolean,
  { functions }: ReplyForm = PLAIN_FORM,
): FinishReason {
  if (stopReason === "malformed_model_output" || stopReason === "malformed_tool_use") {
    throw new BedrockOpenAIError(502, `The model's output was malformed (${stopReason}). Please try again.`, {
      type: "server_error",
      code: stopReason,
    });
  }
  const finish = FINISH.get(stopReason) ?? "stop";
  const called = finish === "tool_calls" || (callsTools && finish === "stop");
  if (!called) return finish;
  return functions ? "function_call" : "tool_calls";
}
