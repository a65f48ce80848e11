import { validationError } from "../aws-error.ts";
import { FOUNDATION_MODELS } from "../catalogue/models.ts";
import { DATA_FAMILIES } from "../data/families.ts";
import type { DataFamily } from "../data/data-family.ts";
import type { Model } from "../catalogue/model-id.ts";

export interface Reranker {
  model: Model;
  family: DataFamily;
}

/** Regions outside the partition `aws`, by their beginning. */
const PARTITIONS: readonly (readonly [regions: string, partition: string])[] = [
  ["us-gov-", "aws-us-gov"],
  ["cn-", "aws-cn"],
  ["eusc-", "aws-eusc"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
];

const FOUNDATION_ARN =
  /^arn:(?<partition>aws[a-z-]*):bedrock:(?<region>[a-z0-9-]+)::foundation-model\/(?<id>.+)$/;

/**
 * The reranking model behind a foundation model's ARN, of the emulator's own Region; every model is in every Region.
 * Whatever else it is, it is refused as AWS has been seen to refuse it.
 */
export function resolveReranker(arn: string, ownRegion: string): Reranker {
  const { partition, region, id = "" } = FOUNDATION_ARN.exec(arn)?.groups ?? {};
  const row = FOUNDATION_MODELS.find((model) => model.id === id && model.id.includes("rerank"));
  const family = DATA_FAMILIES.find(({ models }) => models.test(id));
  if (!row || !family || partition !== partitionOf(region ?? "")) {
    throw validationError(
      "The provided model ARN for reranking is invalid. Please, use a valid model ARN. Also check the model ARN " +
        "follows this format: arn:<partition>:bedrock:<region>:<foundation-model/<model-id>",
    );
  }
  if (region !== ownRegion) {
    throw validationError("Reranking does not support cross-region calls. Please provide a valid model ARN.");
  }
  return { model: { id, baseId: id, row }, family };
}

function partitionOf(region: string): string {
  return PARTITIONS.find(([regions]) => region.startsWith(regions))?.[1] ?? "aws";
}
