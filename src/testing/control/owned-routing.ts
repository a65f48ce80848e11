import type { JsonObject } from "../../conversation/types.ts";
import {
  accountArn,
  ACCOUNT_ID,
  marketplaceArn,
  MARKETPLACE_ENDPOINT,
  PROMPT_ROUTERS,
} from "../catalogue/account-resources.ts";
import { callableArn } from "../catalogue/inference-profiles.ts";

/** What stands between the account and its models: routers and endpoints. */

export function promptRouters(region: string): JsonObject[] {
  return PROMPT_ROUTERS.map(({ kind, id, name, modelIds }) => {
    const models = modelIds.map((modelId) => ({ modelArn: callableArn(modelId, region) }));
    return {
      promptRouterName: name,
      routingCriteria: { responseQualityDifference: 25 },
      description: `Routes requests of ${name}`,
      createdAt: "2026-01-05T00:00:00Z",
      updatedAt: "2026-01-05T00:00:00Z",
      promptRouterArn: accountArn(kind, id, region),
      models,
      fallbackModel: models.at(-1),
      status: "AVAILABLE",
      type: kind === "prompt-router" ? "custom" : "default",
    };
  });
}

export function marketplaceEndpoints(region: string): JsonObject[] {
  return [
    {
      endpointArn: marketplaceArn(region),
      modelSourceIdentifier: `arn:aws:sagemaker:${region}:aws:hub-content/SageMakerPublicHub/Model/${MARKETPLACE_ENDPOINT.model}/2.0.0`,
      status: "REGISTERED",
      createdAt: "2026-01-06T00:00:00Z",
      updatedAt: "2026-01-06T00:00:00Z",
      endpointConfig: {
        sageMaker: {
          initialInstanceCount: 1,
          instanceType: "ml.g5.2xlarge",
          executionRole: `arn:aws:iam::${ACCOUNT_ID}:role/my-endpoint`,
        },
      },
      endpointStatus: "InService",
    },
  ];
}
