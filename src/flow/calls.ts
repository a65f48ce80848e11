import type { OperationAnswer, OperationCall } from "../bedrock/operations.ts";
import type { AwsRequest } from "../bedrock/surfaces/surface.ts";
import type { Adjustment } from "../adjustments.ts";
import type { CallContext } from "../context.ts";
import { jsonResponse } from "../http/json.ts";
import { refuseLossy } from "../reception/refuse-lossy.ts";
import { AT_ONCE, together } from "./together.ts";

/** Every explanation is the whole body once more. */
const MAX_EXPLAINED = 8;

/** What a call would be: the answer to `x-bedrock-explain: 1`. */
interface ExplainedCall {
  target: { model: string; surface: "invoke" | "agent-runtime" | "guardrail"; region?: string };
  request: AwsRequest;
  adjustments: readonly Adjustment[];
}

/**
 * Tells the caller what was done on its behalf.
 * @throws BedrockOpenAIError 400 `unsupported_parameter` where the operator has lossy steps refused.
 */
export function settle(context: CallContext, adjustments: readonly Adjustment[]): void {
  if (context.options.unsupported === "reject") refuseLossy(adjustments);
  context.adjustments.push(...adjustments);
}

/**
 * What is read of the answers, in the order of the calls, which run side by side, eight at a time. The first failure, of a
 * call or in its answer, stops the others.
 * @throws BedrockOpenAIError
 */
export const operateAll = <T>(
  { bedrock, signal, headers }: CallContext,
  calls: readonly OperationCall[],
  read: (answer: OperationAnswer, index: number) => T,
): Promise<T[]> =>
  together(
    calls.length,
    signal,
    async (stop, index) => {
      const answer = await bedrock.operate(calls[index]!, stop);
      if (index === 0 && answer.requestId) headers["x-amzn-requestid"] = answer.requestId;
      return read(answer, index);
    },
    AT_ONCE,
  );

/** Of one call its explanation, of several a list of theirs: of as many as tell how the others would be sent. */
export function explainAll({ bedrock, adjustments }: CallContext, calls: readonly OperationCall[]): Response {
  const explained = calls.slice(0, MAX_EXPLAINED).map((call): ExplainedCall => {
    const { modelId, region } = call.place;
    return {
      target: { model: modelId, surface: surfaceOf(call), ...(region !== undefined && { region }) },
      request: bedrock.explainOperation(call),
      adjustments,
    };
  });
  return jsonResponse(explained.length === 1 ? explained[0] : explained);
}

function surfaceOf({ to }: OperationCall): ExplainedCall["target"]["surface"] {
  if (!to) return "invoke";
  return to.host === "agentRuntime" ? "agent-runtime" : "guardrail";
}
