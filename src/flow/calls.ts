import type { OperationAnswer, OperationCall } from "../bedrock/operations.ts";
import type { AwsRequest, Reply } from "../bedrock/surfaces/surface.ts";
import type { Adjustment } from "../adjustments.ts";
import type { CallContext } from "../context.ts";
import { jsonResponse } from "../http/json.ts";
import { refuseLossy } from "../reception/refuse-lossy.ts";
import { asTried, createTries } from "../tries.ts";
import { sentTo } from "./sent-to.ts";
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
  context: CallContext,
  calls: readonly OperationCall[],
  read: (answer: OperationAnswer, index: number) => T,
): Promise<T[]> =>
  together(
    calls.length,
    context.signal,
    async (stop, index) => {
      const { requestId, value } = await operate(context, calls[index]!, stop, (answer) =>
        read(answer, index),
      );
      if (index === 0 && requestId) context.headers["x-amzn-requestid"] = requestId;
      return value;
    },
    AT_ONCE,
  );

/**
 * What is read of the answer to one call.
 * @throws BedrockOpenAIError
 */
export async function operate<T>(
  context: CallContext,
  call: OperationCall,
  signal: AbortSignal,
  read: (answer: OperationAnswer) => T,
): Promise<Reply<T>> {
  await sentTo(context, { ...call.place, surface: surfaceOf(call) });
  const tries = createTries(context.patience);
  try {
    const answer = await context.bedrock.operate(call, { signal, tries });
    return { requestId: answer.requestId, value: read(answer) };
  } catch (thrown) {
    throw asTried(thrown, tries);
  }
}

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
