/** Every list, by its operation; both kinds of profiles are one operation. */
export const LISTS = [
  "ListFoundationModels",
  "ListInferenceProfiles",
  "ListImportedModels",
  "ListCustomModelDeployments",
  "ListProvisionedModelThroughputs",
  "ListPromptRouters",
  "ListMarketplaceModelEndpoints",
  "MantleListModels",
];
