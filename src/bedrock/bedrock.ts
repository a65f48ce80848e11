import type { Conversation } from "../conversation/types.ts";
import type { ResolvedOptions } from "../options.ts";
import { createClients } from "./clients.ts";
import { type AwsRequest, createConverseSurface, type Surface, toAwsRequest } from "./converse.ts";
import { createCourier } from "./courier.ts";
import { resolveTarget, type Target } from "./target.ts";

/** All that the rest of the house knows of AWS. */
export interface Bedrock extends Surface {
  resolve(model: string): Target;
  /** The exact request that `converse` or `converseStream` would send. */
  explain(target: Target, conversation: Conversation, stream: boolean): AwsRequest;
}

export function createBedrock(options: ResolvedOptions): Bedrock {
  const clients = createClients(options);
  const courier = createCourier(clients.runtime, options.timeouts);
  return {
    resolve: (model) => resolveTarget(model, options.traits),
    explain: (target, conversation, stream) =>
      toAwsRequest(stream ? "ConverseStream" : "Converse", target, conversation),
    ...createConverseSurface(courier, clients),
  };
}
