import type { ModelAliases } from "../../../../src/bedrock/models/aliases.ts";
import { type AskedModel, nameModel, toTarget } from "../../../../src/bedrock/models/resolve.ts";
import * as dialects from "../../../../src/dialects/dialects.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";
import type { Way } from "../../../support/model-ids.ts";

/** Where a model string leads; the family that AWS would have told of an ARN is `hidden`. */
export function targetOf(asked: string | AskedModel, models?: ModelAliases, hidden = ""): Target {
  const named = nameModel(typeof asked === "string" ? { model: asked } : asked, models);
  return toTarget(named, named.family ?? hidden, models ? { models } : {}, () => ({}), dialects);
}

/** A target's surface, or its native host and path. */
export const wayOf = ({ surface, native }: Target): Way =>
  native ? (`${native.host}${native.path}` as Way) : (surface as Way);

/** What a model string is refused with. */
export function refusalOf(asked: string | AskedModel, models?: ModelAliases): unknown {
  try {
    return targetOf(asked, models);
  } catch (thrown) {
    return thrown;
  }
}

export const NOT_FOUND = { status: 404, code: "model_not_found", param: "model" };
