import type { JsonObject } from "../../conversation/types.ts";
import { accountArn, ACCOUNT_ID, APPLICATION_PROFILES } from "./account-resources.ts";
import type { ApplicationProfile } from "./account-resources.ts";
import { modelArn } from "./foundation-models.ts";
import { FOUNDATION_MODELS } from "./models.ts";
import type { FoundationModel } from "./models.ts";

/** Where the requests of a geography's profile may go; `global` profiles name no region. */
const DESTINATIONS: Record<string, string[]> = {
  us: ["us-east-1", "us-east-2", "us-west-2"],
  "us-gov": ["us-gov-east-1", "us-gov-west-1"],
  eu: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"],
  apac: ["ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
  jp: ["ap-northeast-1", "ap-northeast-3"],
  au: ["ap-southeast-2", "ap-southeast-4"],
  ca: ["ca-central-1", "us-east-1"],
  in: ["ap-south-1", "ap-south-2"],
  global: [""],
};

/** Every profile that may be called from a Region: the system's, then the account's own. */
export function inferenceProfiles(region: string): JsonObject[] {
  const system = FOUNDATION_MODELS.flatMap((model) =>
    profilePrefixes(model, region).map((prefix) => systemProfile(model, prefix, region)),
  );
  return [...system, ...APPLICATION_PROFILES.map((profile) => applicationProfile(profile, region))];
}

/** The ARN of the first profile that reaches a model from a Region, or else the model's own. */
export function callableArn(modelId: string, region: string): string {
  const model = FOUNDATION_MODELS.find(({ id }) => id === modelId);
  const [prefix] = model ? profilePrefixes(model, region) : [];
  return prefix ? profileArn(`${prefix}.${modelId}`, region) : modelArn(region, modelId);
}

function profilePrefixes(model: FoundationModel, region: string): string[] {
  return model.prefixes.filter((prefix) => covers(prefix, region));
}

/** A Region lists the profiles that may be called from it: Canada's reach into the US, but not the other way. */
function covers(prefix: string, region: string): boolean {
  if (prefix === "global") return !region.startsWith("us-gov-");
  if (prefix === "ca") return region.startsWith("ca-");
  return (DESTINATIONS[prefix] ?? []).includes(region);
}

function systemProfile(model: FoundationModel, prefix: string, region: string): JsonObject {
  const inferenceProfileId = `${prefix}.${model.id}`;
  return {
    inferenceProfileName: `${prefix === "global" ? "Global" : prefix.toUpperCase()} ${model.provider} ${model.name}`,
    description: `Routes requests to ${model.name} in ${prefix}.`,
    createdAt: "2025-01-01T00:00:00Z",
    updatedAt: "2025-01-01T00:00:00Z",
    inferenceProfileArn: profileArn(inferenceProfileId, region),
    models: targets(model.id, DESTINATIONS[prefix] ?? []),
    inferenceProfileId,
    status: "ACTIVE",
    type: "SYSTEM_DEFINED",
  };
}

/** A copy of the system profile of its model, or of the model alone. */
function applicationProfile({ id, name, modelId }: ApplicationProfile, region: string): JsonObject {
  const model = FOUNDATION_MODELS.find((model) => model.id === modelId);
  const [prefix = ""] = model ? profilePrefixes(model, region) : [];
  return {
    inferenceProfileName: name,
    description: `The costs of ${name}`,
    createdAt: "2026-02-01T00:00:00Z",
    updatedAt: "2026-02-01T00:00:00Z",
    inferenceProfileArn: accountArn("application-inference-profile", id, region),
    models: targets(modelId, DESTINATIONS[prefix] ?? [region]),
    inferenceProfileId: id,
    status: "ACTIVE",
    type: "APPLICATION",
  };
}

function targets(modelId: string, regions: readonly string[]): { modelArn: string }[] {
  return regions.map((region) => ({ modelArn: modelArn(region, modelId) }));
}

function profileArn(id: string, region: string): string {
  return `arn:aws:bedrock:${region}:${ACCOUNT_ID}:inference-profile/${id}`;
}
