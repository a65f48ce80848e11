import type { FoundationModelSummary } from "@aws-sdk/client-bedrock";
import { regionsOf } from "../arns.ts";
import type { Found, ModelFacts } from "../found.ts";
import type { Listing } from "../source.ts";

/** Never paged. Source: ListFoundationModels in the `bedrock` service model. */
export const foundationModels: Listing = {
  action: "bedrock:ListFoundationModels",
  async *list({ sdk, pages: { client }, http }) {
    const { modelSummaries } = await client.send(new sdk.ListFoundationModelsCommand({}), http);
    yield (modelSummaries ?? []).flatMap((model) => toFound(model) ?? []);
  },
};

function toFound(model: FoundationModelSummary): Found | undefined {
  const { modelId, modelArn, modelName, modelLifecycle, inferenceTypesSupported } = model;
  if (!modelId) return undefined;
  // Live lists hold words that the SDK's types do not: `INFERENCE_PROFILE`, `VIDEO`.
  const ways: readonly string[] = inferenceTypesSupported ?? [];
  return {
    id: modelId,
    type: "foundation-model",
    name: modelName,
    baseModel: modelId,
    created: modelLifecycle?.startOfLifeTime,
    regions: regionsOf(modelArn),
    callable: ways.includes("ON_DEMAND"),
    facts: toFacts(model),
  };
}

function toFacts(model: FoundationModelSummary): ModelFacts {
  const { providerName, inputModalities, outputModalities, responseStreamingSupported, modelLifecycle } =
    model;
  return {
    ...(providerName && { provider: providerName }),
    ...(inputModalities && { inputModalities }),
    ...(outputModalities && { outputModalities }),
    ...(responseStreamingSupported !== undefined && { streaming: responseStreamingSupported }),
    ...(modelLifecycle?.status && { lifecycle: modelLifecycle.status }),
    ...(modelLifecycle?.endOfLifeTime && { endOfLife: modelLifecycle.endOfLifeTime }),
  };
}
