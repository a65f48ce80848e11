import type { Traits } from "../conversation/traits.ts";
import { BedrockOpenAIError } from "../errors.ts";
import { overrideOf, type TraitOverrides, traitsOf } from "./traits.ts";

/** Where a request goes, from the caller's `model` string. */
export interface Target {
  /** Id or ARN, as it goes into the URL and comes back as `model`. */
  modelId: string;
  /** The AWS API that serves it. */
  surface: "converse";
  traits: Traits;
  /** Names of the traits that the operator set: AWS's refusals do not change them. */
  fixed: readonly string[];
}

const ROUTE_PREFIX = /^(bedrock\/)?(converse\/)?/;
const ARN_HEAD = /^arn:[^/]*\//;
const GEO_PREFIX = /^(us-gov|us|eu|apac|jp|au|ca|in|global|sa|me|af|il|mx)\./;

/** AWS's own bound on model ids and ARNs. */
const MAX_CHARS = 2048;

/** What AWS allows in an id or ARN; `.` and `..` would be a path, not a name. */
const MODEL_ID = /^(?!\.{1,2}$)[\w.:/+@-]+$/;

/** @throws BedrockOpenAIError 404 `model_not_found` for what cannot be the name of a model. */
export function resolveTarget(
  model: string,
  overrides: TraitOverrides = {},
  learned: (modelId: string) => Partial<Traits> = () => ({}),
): Target {
  const modelId = model.replace(ROUTE_PREFIX, "");
  if (modelId.length > MAX_CHARS || !MODEL_ID.test(modelId)) {
    const name = model.length > 100 ? `${model.slice(0, 100)}…` : model;
    throw new BedrockOpenAIError(404, `The model '${name}' does not exist or you do not have access to it.`, {
      type: "invalid_request_error",
      code: "model_not_found",
      param: "model",
    });
  }
  const family = modelId.replace(ARN_HEAD, "").replace(GEO_PREFIX, "");
  return {
    modelId,
    surface: "converse",
    traits: traitsOf(family, overrides, learned(modelId)),
    fixed: Object.keys(overrideOf(family, overrides)),
  };
}
