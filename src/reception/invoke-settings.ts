import type { Conversation } from "../conversation/types.ts";
import type { AwsParameters } from "../openai/aws-parameters.ts";
import { decodeMetadata } from "./metadata.ts";
import type { Notes } from "./notes.ts";
import { decodeServiceTier } from "./service-tier.ts";

/** What InvokeModel takes in headers, for requests that are no conversation. */
export type InvokeSettings = Pick<
  Conversation,
  "guardrailConfig" | "performanceConfig" | "serviceTier" | "requestMetadata"
>;

/** @throws BedrockOpenAIError 400 for metadata beyond 16 pairs. */
export function decodeInvokeSettings(request: AwsParameters, notes: Notes): InvokeSettings {
  const { guardrailConfig, performanceConfig } = request;
  const requestMetadata = decodeMetadata(request, notes);
  const serviceTier = decodeServiceTier(request, notes);
  return {
    ...(guardrailConfig && { guardrailConfig }),
    ...(performanceConfig && { performanceConfig }),
    ...(serviceTier && { serviceTier }),
    ...(Object.keys(requestMetadata).length > 0 && { requestMetadata }),
  };
}
