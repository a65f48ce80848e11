import { regionsOf } from "../arns.ts";
import { type Listing, rowsOf } from "../source.ts";

/** Source: ListImportedModels. */
export const importedModels: Listing = {
  action: "bedrock:ListImportedModels",
  list: ({ sdk, pages, http }) =>
    rowsOf(
      sdk.paginateListImportedModels(pages, {}, http),
      (page) => page.modelSummaries,
      ({ modelArn, modelName, creationTime }) =>
        modelArn
          ? {
              id: modelArn,
              type: "imported-model",
              name: modelName,
              created: creationTime,
              regions: regionsOf(modelArn),
              callable: true,
            }
          : undefined,
    ),
};
