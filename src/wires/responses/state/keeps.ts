import type { CallContext } from "../../../context.ts";
import { keepableRequest } from "../../../openai/metadata.ts";
import type { ResponsesRequest } from "../../../openai/responses/request.ts";
import { parseBody } from "../../../reception/parse-request.ts";

/** Whether what is asked for will be kept; `store` is on unless it is turned off. */
export const keepsResponse = (
  { store, explain }: Pick<CallContext, "store" | "explain">,
  request: Pick<ResponsesRequest, "store">,
): boolean => store !== undefined && !explain && request.store !== false;

/** @throws BedrockOpenAIError 503 where an answer could not be kept, before anybody is asked for it. */
export async function readyToKeep(
  context: Pick<CallContext, "store" | "explain">,
  request: Pick<ResponsesRequest, "store" | "conversation">,
): Promise<void> {
  const joins = request.conversation != null && !context.explain;
  if (joins || keepsResponse(context, request)) await context.store?.ready();
}

/**
 * A request to a server that keeps nothing is one for an answer that is not kept; who asked for `store` is told.
 * @throws BedrockOpenAIError 400 for metadata that is not kept.
 */
export function keptRequest(
  { store, adjustments }: Pick<CallContext, "store" | "adjustments">,
  request: ResponsesRequest,
): ResponsesRequest {
  if (store) {
    if (request.store !== false) parseBody(keepableRequest, request);
    return request;
  }
  if (request.store === true)
    adjustments.push({ param: "store", action: "dropped", reason: "This server keeps no responses." });
  return { ...request, store: false };
}
