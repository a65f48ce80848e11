/** What AWS says of a model that others may be made of. */
export interface ModelFacts {
  /** The vendor in AWS's words: `Anthropic`. */
  provider?: string;
  /** AWS's words: `TEXT`, `IMAGE`, `EMBEDDING`, `VIDEO`, … An open set, whatever the service model says. */
  inputModalities?: readonly string[];
  outputModalities?: readonly string[];
  streaming?: boolean;
  /** `ACTIVE` or `LEGACY`; what is gone has another word or none. */
  lifecycle?: string;
  endOfLife?: Date;
}

/** AWS's kinds of things that can be called by an id or ARN. */
export type ModelKind =
  | "foundation-model"
  | "inference-profile"
  | "application-inference-profile"
  | "imported-model"
  | "custom-model-deployment"
  | "provisioned-model"
  | "prompt-router"
  | "marketplace-endpoint"
  | "mantle-model";

/** One row of one of AWS's lists. */
export interface Found {
  /** What callers name it by: id or ARN. */
  id: string;
  type: ModelKind;
  name?: string | undefined;
  /** Base id of the model that answers; undefined where the list does not tell. */
  baseModel?: string | undefined;
  created?: Date | undefined;
  /** The Regions that serve it. */
  regions: readonly string[];
  /** It answers to this id now. What does not may still tell about others. */
  callable: boolean;
  facts?: ModelFacts;
}
