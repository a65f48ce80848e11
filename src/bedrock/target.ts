import type { Traits } from "../conversation/traits.ts";
import { traitsOf } from "./traits.ts";

/** Where a request goes, from the caller's `model` string. */
export interface Target {
  /** Id or ARN, as it goes into the URL and comes back as `model`. */
  modelId: string;
  /** The AWS API that serves it. */
  surface: "converse";
  traits: Traits;
}

const ROUTE_PREFIX = /^(bedrock\/)?(converse\/)?/;
const ARN_HEAD = /^arn:[^/]*\//;
const GEO_PREFIX = /^(us-gov|us|eu|apac|jp|au|ca|in|global|sa|me|af|il|mx)\./;

export function resolveTarget(model: string): Target {
  const modelId = model.replace(ROUTE_PREFIX, "");
  const family = modelId.replace(ARN_HEAD, "").replace(GEO_PREFIX, "");
  return { modelId, surface: "converse", traits: traitsOf(family) };
}
