import type { JsonObject, StopReason } from "../../conversation/types.ts";
import { countIn, firstIn, objectIn, stopReasonOf, textIn } from "../parts/read-native.ts";
import type { Said } from "./text-dialect.ts";

const STOP_REASONS: Readonly<Record<string, StopReason>> = { stop: "end_turn", length: "max_tokens" };

/**
 * What the hosts of open models answer to a prompt: `generation` (Llama, BedrockCompletion), `outputs` (Mistral),
 * `choices` (DeepSeek, OpenAICompletion) or a bare `text`, in whole and in chunks. An imported model may use any, by the
 * day of its import. Source: AWS, Inference parameters of Meta, Mistral and DeepSeek; Custom model import.
 */
export function readCompletion(body: JsonObject): Said | undefined {
  const answer = firstIn(body, "outputs") ?? firstIn(body, "choices") ?? body;
  const text = textIn(answer, "generation") ?? textIn(answer, "text");
  const reason = textIn(answer, "stop_reason") ?? textIn(answer, "finish_reason");
  const usage = objectIn(body, "usage");
  if (text === undefined && reason === undefined && !usage) return undefined;
  return {
    text: text ?? "",
    stopReason: stopReasonOf(reason, STOP_REASONS),
    inputTokens: countIn(body, "prompt_token_count") ?? countIn(usage, "prompt_tokens"),
    outputTokens: countIn(body, "generation_token_count") ?? countIn(usage, "completion_tokens"),
  };
}
