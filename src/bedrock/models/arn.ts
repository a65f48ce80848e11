import { isRegion, partitionOf } from "./region.ts";

/** What a model ARN says. Source: the `modelId` pattern of the `bedrock-runtime` service model. */
export interface ModelArn {
  region: string;
  kind: ArnKind;
  /** What stands behind the kind: a model id, a profile id, a resource id. */
  name: string;
}

const KINDS = [
  "foundation-model",
  "inference-profile",
  "application-inference-profile",
  "provisioned-model",
  "custom-model",
  "custom-model-deployment",
  "imported-model",
  "prompt",
  "prompt-router",
  "default-prompt-router",
  "endpoint",
] as const;

export type ArnKind = (typeof KINDS)[number];

/** Dots, slashes and colons stand only between words, so that no name climbs out of its place. */
const ARN =
  /^arn:(aws[a-z-]{0,12}):(bedrock|sagemaker):([a-z0-9-]+):(\d{12})?:([a-z-]+)\/([\w-]+(?:[.:/][\w-]+)*)$/;

/** @returns undefined for what AWS would not take for the ARN of a model. */
export function parseModelArn(text: string): ModelArn | undefined {
  const [, partition = "", service, region = "", account, kind, name = ""] = ARN.exec(text) ?? [];
  const known = KINDS.find((each) => each === kind);
  if (!known || !isRegion(region) || partitionOf(region) !== partition) return undefined;
  if ((known === "endpoint") !== (service === "sagemaker")) return undefined;
  // A foundation model belongs to nobody's account.
  if ((known === "foundation-model") !== (account === undefined)) return undefined;
  return { region, kind: known, name };
}
