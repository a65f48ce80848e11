import { oneOf, string } from "../shapes/shape.ts";
import type { Members, Shape } from "../shapes/shape.ts";

/** Shapes that several control plane requests share. Source: the `bedrock` service model. */

const FOUNDATION =
  ":foundation-model/[a-z0-9-]{1,63}[.]{1}([a-z0-9-]{1,63}[.]){0,2}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2}";

export const timestamp = string();

/** `sortBy` and `sortOrder`. */
export const SORT_MEMBERS: Members = {
  sortBy: oneOf("CreationTime"),
  sortOrder: oneOf("Ascending", "Descending"),
};

export const modelName = string({ min: 1, max: 63, pattern: "([0-9a-zA-Z][_-]?)+" });
export const customName = string({ min: 1, max: 63, pattern: "([0-9a-zA-Z][_-]?){1,63}" });

export const foundationModelArn = string({
  pattern: `arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:${FOUNDATION}`,
});

/** Of a foundation model or a custom one. */
export const anyModelArn: Shape = string({
  min: 20,
  max: 1011,
  pattern:
    "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/((imported)|" +
    "([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}))(([:][a-z0-9-]{1,63}){0,2})?/[a-z0-9]{12})|" +
    `(${FOUNDATION}))`,
});

export const customModelArn: Shape = string({
  min: 20,
  max: 1011,
  pattern:
    "arn:aws(|-us-gov|-cn|-iso|-iso-b):bedrock:[a-z0-9-]{1,20}:[0-9]{12}:custom-model/(imported|" +
    "[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([a-z0-9-]{1,63}[.]){0,2}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2})/[a-z0-9]{12}",
});

const BASE_ID = "[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2}";

export const foundationModelIdentifier = string({
  min: 1,
  max: 2048,
  pattern: `(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:${FOUNDATION})|(${BASE_ID})`,
});

export const profileIdentifier = string({
  min: 1,
  max: 2048,
  pattern:
    "(arn:aws(|-us-gov|-cn|-iso|-iso-b):bedrock:(|[0-9a-z-]{0,20}):(|[0-9]{12}):" +
    "(inference-profile|application-inference-profile)/)?[a-zA-Z0-9-:.]+",
});

export const importedModelIdentifier = string({
  min: 1,
  max: 1011,
  pattern:
    "(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:imported-model/[a-z0-9]{12})|(([0-9a-zA-Z][_-]?)+)",
});

export const modelIdentifier = string({
  min: 1,
  max: 2048,
  pattern:
    "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/((imported)|" +
    "([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}))(([:][a-z0-9-]{1,63}){0,2})?/[a-z0-9]{12})|" +
    `(:foundation-model/(${BASE_ID})))|((${BASE_ID}))|(([0-9a-zA-Z][_-]?)+)`,
});

export const deploymentIdentifier = string({
  min: 1,
  max: 93,
  pattern:
    "(arn:aws(|-us-gov|-cn|-iso|-iso-b):bedrock:[a-z0-9-]{1,20}:[0-9]{12}:custom-model-deployment/[a-z0-9]{12})|" +
    "^([0-9a-zA-Z][_-]?){1,63}",
});

export const provisionedModelId = string({
  pattern:
    "((([0-9a-zA-Z][_-]?)+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:provisioned-model/[a-z0-9]{12}))",
});

/** The service model knows default routers only, although the account's own are listed and called as well. */
export const promptRouterArn = string({
  min: 1,
  max: 2048,
  pattern: "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:(default-)?prompt-router/[a-zA-Z0-9-:.]+",
});

export const modelSource = string({
  min: 0,
  max: 2048,
  pattern: ".*arn:aws:sagemaker:.*:hub-content/SageMakerPublicHub/Model/.*",
});

export const endpointArn = string({ min: 0, max: 2048 });
