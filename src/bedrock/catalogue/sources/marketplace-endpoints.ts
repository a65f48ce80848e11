import { regionsOf } from "../arns.ts";
import { type Listing, rowsOf } from "../source.ts";

/** `arn:aws:sagemaker:…:hub-content/SageMakerPublicHub/Model/<name>/<version>`. */
const MODEL_NAME = /\/Model\/([^/]+)/;

/** Source: ListMarketplaceModelEndpoints. */
export const marketplaceEndpoints: Listing = {
  action: "bedrock:ListMarketplaceModelEndpoints",
  list: ({ sdk, pages, http }) =>
    rowsOf(
      sdk.paginateListMarketplaceModelEndpoints(pages, {}, http),
      (page) => page.marketplaceModelEndpoints,
      ({ endpointArn: id, modelSourceIdentifier = "", createdAt, status }) =>
        id
          ? {
              id,
              type: "marketplace-endpoint",
              name: MODEL_NAME.exec(modelSourceIdentifier)?.[1],
              created: createdAt,
              regions: regionsOf(id),
              callable: (status ?? "REGISTERED") === "REGISTERED",
            }
          : undefined,
    ),
};
