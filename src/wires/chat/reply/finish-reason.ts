import type { StopReason } from "../../../conversation/types.ts";
import type { FinishReason } from "../../../openai/chat-response.ts";
import { toFinish } from "../../reply/finish.ts";
import { PLAIN_FORM, type ReplyForm } from "./form.ts";

/**
 * Agent loops go on only at `tool_calls`, so a plain stop beside a tool call says that.
 * @throws BedrockOpenAIError 502 when the model's output was unusable.
 */
export function toFinishReason(
  stopReason: StopReason,
  callsTools: boolean,
  { functions }: ReplyForm = PLAIN_FORM,
): FinishReason {
  const finish = toFinish(stopReason);
  const called = finish === "tool_calls" || (callsTools && finish === "stop");
  if (!called) return finish;
  return functions ? "function_call" : "tool_calls";
}
