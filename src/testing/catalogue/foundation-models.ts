import type { JsonObject } from "../../conversation/types.ts";
import type { Answer, Call } from "../call.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { FOUNDATION_MODELS } from "./models.ts";
import type { FoundationModel } from "./models.ts";

/** GET /foundation-models, with `byProvider`, `byOutputModality` and `byInferenceType`; never paginated. */
export function listFoundationModels({ account, query }: Call): Answer {
  const { byProvider, byOutputModality, byInferenceType } = query;
  const modelSummaries = FOUNDATION_MODELS.filter(
    (model) =>
      (!byProvider || model.provider.toLowerCase() === byProvider.toLowerCase()) &&
      (!byOutputModality || model.output.includes(byOutputModality)) &&
      (!byInferenceType || inferenceTypes(model).includes(byInferenceType)),
  ).map((model) => summary(model, account.region));
  return { outcome: jsonOutcome({ modelSummaries }) };
}

/** What is known of every foundation model. */
export function foundationModels(region: string): JsonObject[] {
  return FOUNDATION_MODELS.map((model) => summary(model, region));
}

export function modelArn(region: string, modelId: string): string {
  return `arn:aws:bedrock:${region}::foundation-model/${modelId}`;
}

function summary(model: FoundationModel, region: string) {
  return {
    modelArn: modelArn(region, model.id),
    modelId: model.id,
    modelName: model.name,
    providerName: model.provider,
    inputModalities: model.input,
    outputModalities: model.output,
    responseStreamingSupported: model.output.includes("TEXT") && !model.id.includes("rerank"),
    customizationsSupported: [],
    inferenceTypesSupported: inferenceTypes(model),
    modelLifecycle: { status: model.lifecycle },
  };
}

/** Live data holds INFERENCE_PROFILE, which the service model's enum does not. */
function inferenceTypes(model: FoundationModel): string[] {
  return [
    ...(model.onDemand ? ["ON_DEMAND"] : []),
    ...(model.prefixes.length > 0 ? ["INFERENCE_PROFILE"] : []),
  ];
}
