import { foundationModels } from "../catalogue/foundation-models.ts";
import { inferenceProfiles } from "../catalogue/inference-profiles.ts";
import { boolean, oneOf } from "../shapes/shape.ts";
import * as shape from "./constraints.ts";
import { after, before, contains, equals } from "./filters.ts";
import { customModelDeployments, customModels, importedModels, provisionedModels } from "./owned-models.ts";
import { marketplaceEndpoints, promptRouters } from "./owned-routing.ts";
import type { Resource } from "./resource.ts";

/** The control plane's resources. Source: the `bedrock` service model. */

const PROFILE =
  "inferenceProfileName description createdAt updatedAt inferenceProfileArn models inferenceProfileId status type";
const ROUTER =
  "promptRouterName routingCriteria description createdAt updatedAt promptRouterArn models fallbackModel status type";
const ENDPOINT = "endpointArn modelSourceIdentifier status statusMessage createdAt updatedAt";
const PROVISIONED =
  "provisionedModelName provisionedModelArn modelArn desiredModelArn foundationModelArn modelUnits desiredModelUnits " +
  "status commitmentDuration commitmentExpirationTime creationTime lastModifiedTime";

const words = (text: string): string[] => text.split(" ");

/** Filters by creation, whatever a listing calls its bounds. */
const CREATED = {
  creationTimeBefore: before("creationTime"),
  creationTimeAfter: after("creationTime"),
};
const CREATION_MEMBERS = { creationTimeBefore: shape.timestamp, creationTimeAfter: shape.timestamp };

export const RESOURCES: readonly Resource[] = [
  {
    noun: "foundation model",
    all: foundationModels,
    get: {
      operation: "GetFoundationModel",
      path: /^\/foundation-models\/([^/]+)$/,
      identifier: ["modelIdentifier", shape.foundationModelIdentifier],
      keys: ["modelId", "modelArn"],
      members: words(
        "modelArn modelId modelName providerName inputModalities outputModalities responseStreamingSupported " +
          "customizationsSupported inferenceTypesSupported modelLifecycle",
      ),
      wrapper: "modelDetails",
    },
  },
  {
    noun: "inference profile",
    all: inferenceProfiles,
    list: {
      operation: "ListInferenceProfiles",
      path: /^\/inference-profiles\/?$/,
      member: "inferenceProfileSummaries",
      summary: words(PROFILE),
      query: { typeEquals: oneOf("SYSTEM_DEFINED", "APPLICATION") },
      names: { type: "typeEquals" },
      filters: { typeEquals: equals("type") },
    },
    get: {
      operation: "GetInferenceProfile",
      path: /^\/inference-profiles\/([^/]+)$/,
      identifier: ["inferenceProfileIdentifier", shape.profileIdentifier],
      keys: ["inferenceProfileId", "inferenceProfileArn"],
      members: words(PROFILE),
    },
  },
  {
    noun: "imported model",
    all: importedModels,
    list: {
      operation: "ListImportedModels",
      path: /^\/imported-models\/?$/,
      member: "modelSummaries",
      summary: words("modelArn modelName creationTime instructSupported modelArchitecture"),
      query: { ...CREATION_MEMBERS, nameContains: shape.modelName, ...shape.SORT_MEMBERS },
      filters: { ...CREATED, nameContains: contains("modelName") },
      sorted: "creationTime",
    },
    get: {
      operation: "GetImportedModel",
      path: /^\/imported-models\/([^/]+)$/,
      identifier: ["modelIdentifier", shape.importedModelIdentifier],
      keys: ["modelArn", "modelName", "id"],
      members: words(
        "modelArn modelName jobName jobArn modelDataSource creationTime modelArchitecture instructSupported customModelUnits",
      ),
    },
  },
  {
    noun: "custom model",
    all: customModels,
    list: {
      operation: "ListCustomModels",
      path: /^\/custom-models\/?$/,
      member: "modelSummaries",
      summary: words(
        "modelArn modelName creationTime baseModelArn baseModelName customizationType ownerAccountId modelStatus",
      ),
      query: {
        ...CREATION_MEMBERS,
        nameContains: shape.customName,
        baseModelArnEquals: shape.anyModelArn,
        foundationModelArnEquals: shape.foundationModelArn,
        ...shape.SORT_MEMBERS,
        isOwned: boolean,
        modelStatus: oneOf("Active", "Creating", "Failed"),
      },
      filters: {
        ...CREATED,
        nameContains: contains("modelName"),
        baseModelArnEquals: equals("baseModelArn"),
        foundationModelArnEquals: equals("baseModelArn"),
        isOwned: (_, wanted) => wanted === true,
        modelStatus: equals("modelStatus"),
      },
      sorted: "creationTime",
    },
    get: {
      operation: "GetCustomModel",
      path: /^\/custom-models\/([^/]+)$/,
      identifier: ["modelIdentifier", shape.modelIdentifier],
      keys: ["modelArn", "modelName"],
      members: words(
        "modelArn modelName jobName jobArn baseModelArn customizationType hyperParameters trainingDataConfig " +
          "outputDataConfig creationTime modelStatus",
      ),
    },
  },
  {
    noun: "custom model deployment",
    all: customModelDeployments,
    list: {
      operation: "ListCustomModelDeployments",
      path: /^\/model-customization\/custom-model-deployments\/?$/,
      member: "modelDeploymentSummaries",
      summary: words(
        "customModelDeploymentArn customModelDeploymentName modelArn createdAt status lastUpdatedAt",
      ),
      query: {
        createdBefore: shape.timestamp,
        createdAfter: shape.timestamp,
        nameContains: shape.customName,
        ...shape.SORT_MEMBERS,
        statusEquals: oneOf("Creating", "Active", "Failed"),
        modelArnEquals: shape.customModelArn,
      },
      filters: {
        createdBefore: before("createdAt"),
        createdAfter: after("createdAt"),
        nameContains: contains("modelDeploymentName"),
        statusEquals: equals("status"),
        modelArnEquals: equals("modelArn"),
      },
      sorted: "createdAt",
    },
    get: {
      operation: "GetCustomModelDeployment",
      path: /^\/model-customization\/custom-model-deployments\/([^/]+)$/,
      identifier: ["customModelDeploymentIdentifier", shape.deploymentIdentifier],
      keys: ["customModelDeploymentArn", "modelDeploymentName"],
      members: words("customModelDeploymentArn modelDeploymentName modelArn createdAt status lastUpdatedAt"),
    },
  },
  {
    noun: "provisioned model",
    all: provisionedModels,
    list: {
      operation: "ListProvisionedModelThroughputs",
      path: /^\/provisioned-model-throughputs\/?$/,
      member: "provisionedModelSummaries",
      summary: words(PROVISIONED),
      query: {
        ...CREATION_MEMBERS,
        statusEquals: oneOf("Creating", "InService", "Updating", "Failed"),
        modelArnEquals: shape.anyModelArn,
        nameContains: shape.modelName,
        ...shape.SORT_MEMBERS,
      },
      filters: {
        ...CREATED,
        statusEquals: equals("status"),
        modelArnEquals: equals("modelArn"),
        nameContains: contains("provisionedModelName"),
      },
      sorted: "creationTime",
    },
    get: {
      operation: "GetProvisionedModelThroughput",
      path: /^\/provisioned-model-throughput\/([^/]+)$/,
      identifier: ["provisionedModelId", shape.provisionedModelId],
      keys: ["provisionedModelArn", "provisionedModelName", "id"],
      members: words(PROVISIONED),
    },
  },
  {
    noun: "prompt router",
    all: promptRouters,
    list: {
      operation: "ListPromptRouters",
      path: /^\/prompt-routers\/?$/,
      member: "promptRouterSummaries",
      summary: words(ROUTER),
      query: { type: oneOf("custom", "default") },
      filters: { type: equals("type") },
    },
    get: {
      operation: "GetPromptRouter",
      path: /^\/prompt-routers\/([^/]+)$/,
      identifier: ["promptRouterArn", shape.promptRouterArn],
      keys: ["promptRouterArn"],
      members: words(ROUTER),
    },
  },
  {
    noun: "marketplace model endpoint",
    all: marketplaceEndpoints,
    list: {
      operation: "ListMarketplaceModelEndpoints",
      path: /^\/marketplace-model\/endpoints\/?$/,
      member: "marketplaceModelEndpoints",
      summary: words(ENDPOINT),
      query: { modelSourceEquals: shape.modelSource },
      names: { modelSourceIdentifier: "modelSourceEquals" },
      filters: { modelSourceEquals: equals("modelSourceIdentifier") },
    },
    get: {
      operation: "GetMarketplaceModelEndpoint",
      path: /^\/marketplace-model\/endpoints\/([^/]+)$/,
      identifier: ["endpointArn", shape.endpointArn],
      keys: ["endpointArn"],
      members: words(`${ENDPOINT} endpointConfig endpointStatus`),
      wrapper: "marketplaceModelEndpoint",
    },
  },
];
