import { baseOfArn, regionsOf } from "../arns.ts";
import { type Listing, rowsOf } from "../source.ts";

/** Those that are `Updating` answer meanwhile. */
const ANSWERING: ReadonlySet<string | undefined> = new Set(["InService", "Updating"]);

/** Source: ListProvisionedModelThroughputs. */
export const provisionedModels: Listing = {
  action: "bedrock:ListProvisionedModelThroughputs",
  list: ({ sdk, pages, http }) =>
    rowsOf(
      sdk.paginateListProvisionedModelThroughputs(pages, {}, http),
      (page) => page.provisionedModelSummaries,
      ({ provisionedModelArn: id, provisionedModelName, foundationModelArn, creationTime, status }) =>
        id
          ? {
              id,
              type: "provisioned-model",
              name: provisionedModelName,
              baseModel: baseOfArn(foundationModelArn),
              created: creationTime,
              regions: regionsOf(id),
              callable: ANSWERING.has(status),
            }
          : undefined,
    ),
};
