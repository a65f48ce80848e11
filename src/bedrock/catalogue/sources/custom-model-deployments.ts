import { baseOfArn, regionsOf } from "../arns.ts";
import { type Listing, rowsOf } from "../source.ts";

/** What is called is the deployment, never the custom model. Source: ListCustomModelDeployments. */
export const customModelDeployments: Listing = {
  action: "bedrock:ListCustomModelDeployments",
  list: ({ sdk, pages, http }) =>
    rowsOf(
      sdk.paginateListCustomModelDeployments(pages, {}, http),
      (page) => page.modelDeploymentSummaries,
      ({ customModelDeploymentArn: id, customModelDeploymentName, modelArn, createdAt, status }) =>
        id
          ? {
              id,
              type: "custom-model-deployment",
              name: customModelDeploymentName,
              baseModel: baseOfArn(modelArn),
              created: createdAt,
              regions: regionsOf(id),
              callable: status === "Active",
            }
          : undefined,
    ),
};
