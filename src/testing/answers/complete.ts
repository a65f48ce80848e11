import type { ConverseResponse } from "../../conversation/types.ts";
import type { AnswerReply } from "../reply.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { measureUsage, outputTokens } from "./usage.ts";

/** The Converse response that an answer stands for; what it leaves out is filled in. */
export function completeAnswer(
  answer: AnswerReply,
  request: ConverseRequest,
  modelId: string,
  cachedPrefixes: Set<string>,
): ConverseResponse {
  const { content, additionalModelResponseFields, trace } = answer;
  const calls = content.some(({ toolUse }) => toolUse && toolUse.type !== "server_tool_use");
  return {
    output: { message: { role: "assistant", content } },
    stopReason: answer.stopReason ?? (calls ? "tool_use" : "end_turn"),
    usage: answer.usage ?? measureUsage(request, modelId, outputTokens(content), cachedPrefixes),
    metrics: { latencyMs: 1 },
    ...(additionalModelResponseFields !== undefined && { additionalModelResponseFields }),
    ...(trace && { trace }),
    ...(request.performanceConfig && { performanceConfig: request.performanceConfig }),
    ...(request.serviceTier && { serviceTier: request.serviceTier as { type: string } }),
  };
}
