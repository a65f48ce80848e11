import type { Conversation } from "../../conversation/types.ts";

/** What Converse has members for and InvokeModel takes in headers. Source: the `bedrock-runtime` service model. */
export function invokeHeaders({
  guardrailConfig: guardrail,
  performanceConfig,
  serviceTier,
  requestMetadata,
}: Conversation): Record<string, string> {
  return headers({
    "x-amzn-bedrock-guardrailidentifier": guardrail?.["guardrailIdentifier"],
    "x-amzn-bedrock-guardrailversion": guardrail?.["guardrailVersion"],
    "x-amzn-bedrock-trace": String(guardrail?.["trace"] ?? "").toUpperCase(),
    "x-amzn-bedrock-performanceconfig-latency": performanceConfig?.["latency"],
    "x-amzn-bedrock-service-tier": serviceTier?.type,
    "x-amzn-bedrock-request-metadata": requestMetadata && JSON.stringify(requestMetadata),
  });
}

const headers = (given: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([name, value]) => [name, String(value)]),
  );
