import type { Conversation } from "../conversation/types.ts";
import type { Attachments } from "../http/attachments.ts";
import type { ResolvedOptions } from "../options.ts";
import { createClients } from "./clients.ts";
import { type AwsRequest, createConverseSurface, type Surface, toAwsRequest } from "./converse.ts";
import { createCourier } from "./courier.ts";
import { createLearning } from "./learning.ts";
import { resolveTarget, type Target } from "./target.ts";

/** All that the rest of the house knows of AWS. */
export interface Bedrock extends Surface {
  /**
   * Where a caller's model string leads. Waits for AWS only where an ARN hides its family.
   * @throws BedrockOpenAIError 404 `model_not_found` for what cannot be the name of a model.
   */
  resolve(model: string, signal: AbortSignal): Promise<Target>;
  /** The exact request that `converse` or `converseStream` would send. */
  explain(target: Target, conversation: Conversation, stream: boolean, attachments: Attachments): AwsRequest;
  /** The target as AWS's refusal shows it to be; undefined where the refusal teaches nothing new. */
  learn(target: Target, sent: Conversation, thrown: unknown): Target | undefined;
}

export function createBedrock(options: ResolvedOptions): Bedrock {
  const clients = createClients(options);
  const courier = createCourier(clients.runtime, options.timeouts);
  const learning = createLearning();
  return {
    resolve: async (model) => resolveTarget(model, options.traits, learning.of),
    explain: (target, conversation, stream, attachments) =>
      toAwsRequest(stream ? "ConverseStream" : "Converse", target, conversation, attachments),
    learn(target, sent, thrown) {
      const traits = learning.learn(target, sent, thrown);
      return traits && { ...target, traits: { ...target.traits, ...traits } };
    },
    ...createConverseSurface(courier, clients),
  };
}
