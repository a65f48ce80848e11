import type { InferenceProfileSummary, InferenceProfileType } from "@aws-sdk/client-bedrock";
import { familyOfId } from "../../models/family.ts";
import { baseOfArn, regionsOf } from "../arns.ts";
import type { Found } from "../found.ts";
import { type Listing, rowsOf } from "../source.ts";

/** Without a type AWS lists its own only, so each type is asked for. Source: ListInferenceProfiles. */
const profiles = (
  typeEquals: InferenceProfileType,
  toFound: (profile: InferenceProfileSummary) => Found | undefined,
): Listing => ({
  action: "bedrock:ListInferenceProfiles",
  list: ({ sdk, pages, http }) =>
    rowsOf(
      sdk.paginateListInferenceProfiles(pages, { typeEquals }, http),
      (page) => page.inferenceProfileSummaries,
      toFound,
    ),
});

/** AWS's, by id: `us.anthropic.…`. */
export const systemProfiles = profiles("SYSTEM_DEFINED", (profile) =>
  found(profile, "inference-profile", profile.inferenceProfileId),
);

/** The account's own, by ARN. */
export const applicationProfiles = profiles("APPLICATION", (profile) =>
  found(profile, "application-inference-profile", profile.inferenceProfileArn),
);

function found(
  { inferenceProfileId = "", inferenceProfileName, models = [], createdAt, status }: InferenceProfileSummary,
  type: Found["type"],
  id: string | undefined,
): Found | undefined {
  if (!id) return undefined;
  return {
    id,
    type,
    name: inferenceProfileName,
    baseModel: baseOfArn(models[0]?.modelArn) ?? familyOfId(inferenceProfileId),
    created: createdAt,
    regions: regionsOf(...models.map(({ modelArn }) => modelArn)),
    callable: (status ?? "ACTIVE") === "ACTIVE",
  };
}
