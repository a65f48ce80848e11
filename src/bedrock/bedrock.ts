import type { Conversation, ConverseResponse, ConverseStreamEvent } from "../conversation/types.ts";
import type { ResolvedOptions } from "../options.ts";
import { createClients } from "./clients.ts";
import { type AwsRequest, createConverseSurface, type Reply, toAwsRequest } from "./converse.ts";
import { createCourier } from "./courier.ts";
import { resolveTarget, type Target } from "./target.ts";

/** All that the rest of the house knows of AWS. */
export interface Bedrock {
  resolve(model: string): Target;
  /** The exact request that `converse` or `converseStream` would send. */
  explain(target: Target, conversation: Conversation, stream: boolean): AwsRequest;
  /** @throws BedrockOpenAIError */
  converse(target: Target, conversation: Conversation, signal: AbortSignal): Promise<Reply<ConverseResponse>>;
  /**
   * Resolves with AWS's response headers; the events come grouped as they arrived.
   * @throws BedrockOpenAIError, also while the events are read.
   */
  converseStream(
    target: Target,
    conversation: Conversation,
    signal: AbortSignal,
  ): Promise<Reply<AsyncIterable<ConverseStreamEvent[]>>>;
}

export function createBedrock(options: ResolvedOptions): Bedrock {
  const clients = createClients(options);
  const courier = createCourier(clients.runtime, options.timeouts);
  return {
    resolve: resolveTarget,
    explain: (target, conversation, stream) =>
      toAwsRequest(stream ? "ConverseStream" : "Converse", target, conversation),
    ...createConverseSurface(courier, clients),
  };
}
