import { converseRequest } from "./converse-request.ts";
import { membersOf } from "./members-of.ts";
import { oneOf, string, structure } from "./shape.ts";
import type { Shape } from "./shape.ts";

const { modelId, guardrailConfig, serviceTier, performanceConfig } = membersOf(converseRequest);
const { guardrailIdentifier, guardrailVersion } = membersOf(guardrailConfig);
const { latency } = membersOf(performanceConfig);
const { type: tier } = membersOf(serviceTier);

/** InvokeModelRequest and InvokeModelWithResponseStreamRequest, but for the body and its media types. */
export const invokeModelRequest: Shape = structure(
  { modelId: anchoredLater(modelId as Shape) },
  {
    trace: oneOf("ENABLED", "DISABLED", "ENABLED_FULL"),
    guardrailIdentifier: guardrailIdentifier as Shape,
    guardrailVersion: guardrailVersion as Shape,
    performanceConfigLatency: latency as Shape,
    serviceTier: tier as Shape,
    requestMetadata: string({ min: 0, max: 8500, sensitive: true }),
  },
);

/** The pattern is Converse's, with an anchor more. */
function anchoredLater(shape: Shape): Shape {
  if (shape.kind !== "string" || shape.pattern === undefined) return shape;
  return { ...shape, pattern: shape.pattern.replace("|([a-zA-Z0-9-:.]+)|", "|([a-zA-Z0-9-:.]+)$|") };
}
