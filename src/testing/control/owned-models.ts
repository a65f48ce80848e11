import type { JsonObject } from "../../conversation/types.ts";
import {
  accountArn,
  ACCOUNT_ID,
  CUSTOM_MODEL,
  IMPORTED_MODELS,
  PROVISIONED_MODELS,
} from "../catalogue/account-resources.ts";
import { modelArn } from "../catalogue/foundation-models.ts";

/** The account's own models, with every member that a summary or an answer of the control plane has. */

export function importedModels(region: string): JsonObject[] {
  return IMPORTED_MODELS.map(({ id, name, architecture, instruct, created }) => ({
    id,
    modelArn: accountArn("imported-model", id, region),
    modelName: name,
    jobName: `import-${name}`,
    jobArn: `arn:aws:bedrock:${region}:${ACCOUNT_ID}:model-import-job/${id}`,
    modelDataSource: { s3DataSource: { s3Uri: `s3://my-models/${name}/` } },
    creationTime: created,
    modelArchitecture: architecture,
    instructSupported: instruct,
    customModelUnits: { customModelUnitsPerModelCopy: 1, customModelUnitsVersion: "v1.0" },
  }));
}

export function customModels(region: string): JsonObject[] {
  const { id, name, baseModelId } = CUSTOM_MODEL;
  return [
    {
      modelArn: accountArn("custom-model", id, region),
      modelName: name,
      jobName: `tune-${name}`,
      jobArn: `arn:aws:bedrock:${region}:${ACCOUNT_ID}:model-customization-job/${id}`,
      baseModelArn: modelArn(region, baseModelId),
      // AWS's pattern for this name has no room for the version after the colon.
      baseModelName: baseModelId.replace(/:.*/, ""),
      customizationType: "FINE_TUNING",
      ownerAccountId: ACCOUNT_ID,
      hyperParameters: { epochCount: "2" },
      trainingDataConfig: { s3Uri: "s3://my-models/training.jsonl" },
      outputDataConfig: { s3Uri: "s3://my-models/output" },
      creationTime: "2026-01-10T09:00:00Z",
      modelStatus: "Active",
    },
  ];
}

/** AWS gives the deployment's name a longer one in summaries. */
export function customModelDeployments(region: string): JsonObject[] {
  const { id, name, deploymentId } = CUSTOM_MODEL;
  const deploymentName = `${name}-deployment`;
  return [
    {
      customModelDeploymentArn: accountArn("custom-model-deployment", deploymentId, region),
      customModelDeploymentName: deploymentName,
      modelDeploymentName: deploymentName,
      modelArn: accountArn("custom-model", id, region),
      createdAt: "2026-01-11T09:00:00Z",
      lastUpdatedAt: "2026-01-11T09:05:00Z",
      status: "Active",
    },
  ];
}

export function provisionedModels(region: string): JsonObject[] {
  return PROVISIONED_MODELS.map(({ id, name, modelId, custom, foundationModelId }) => {
    const bought = custom ? accountArn("custom-model", modelId, region) : modelArn(region, modelId);
    return {
      id,
      provisionedModelName: name,
      provisionedModelArn: accountArn("provisioned-model", id, region),
      modelArn: bought,
      desiredModelArn: bought,
      foundationModelArn: modelArn(region, foundationModelId),
      modelUnits: 1,
      desiredModelUnits: 1,
      status: "InService",
      commitmentDuration: "OneMonth",
      commitmentExpirationTime: "2026-12-31T00:00:00Z",
      creationTime: "2026-01-12T09:00:00Z",
      lastModifiedTime: "2026-01-12T09:00:00Z",
    };
  });
}
