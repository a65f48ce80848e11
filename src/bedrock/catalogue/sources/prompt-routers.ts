import { baseOfArn, regionsOf } from "../arns.ts";
import { type Listing, rowsOf } from "../source.ts";

/** A router's models are of one family; its fallback stands for them. Source: ListPromptRouters. */
export const promptRouters: Listing = {
  action: "bedrock:ListPromptRouters",
  list: ({ sdk, pages, http }) =>
    rowsOf(
      sdk.paginateListPromptRouters(pages, {}, http),
      (page) => page.promptRouterSummaries,
      ({ promptRouterArn: id, promptRouterName, models = [], fallbackModel, createdAt, status }) =>
        id
          ? {
              id,
              type: "prompt-router",
              name: promptRouterName,
              baseModel: baseOfArn(fallbackModel?.modelArn ?? models[0]?.modelArn),
              created: createdAt,
              regions: regionsOf(id),
              callable: (status ?? "AVAILABLE") === "AVAILABLE",
            }
          : undefined,
    ),
};
