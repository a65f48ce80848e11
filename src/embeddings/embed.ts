import type { CallContext } from "../context.ts";
import { attempts } from "../flow/attempts.ts";
import type { EmbeddingRequest } from "../openai/embedding-request.ts";
import type { Received } from "../reception/read-request.ts";
import { plan, type Plan } from "./plan.ts";

/**
 * What is made of a request's embeddings by whoever answers it: all of them by one model, since vectors of two models have
 * nothing to do with each other.
 * @throws BedrockOpenAIError
 */
export function embedded<T>(
  context: CallContext,
  received: Received<EmbeddingRequest>,
  make: (plan: Plan, context: CallContext) => Promise<T>,
): Promise<T> {
  const { request } = received;
  Object.assign(context.record, { operation: "embeddings", request });
  return attempts(context, request, async (asked, attempt) =>
    make(await plan(attempt, received, asked), attempt),
  );
}
