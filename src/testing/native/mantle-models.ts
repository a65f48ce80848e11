import type { JsonObject } from "../../conversation/types.ts";
import type { Answer, Call } from "../call.ts";
import { CREATED } from "../invoke/written.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { NATIVE_MODELS } from "./models.ts";
import { NativeError } from "./native-error.ts";

/** GET /v1/models of mantle: ids and nothing about their paths. */
export function listModels(call: Call): Answer {
  return whole(call, { object: "list", data: mantleModels() });
}

/** GET /v1/models/{id} of mantle. */
export function getModel(call: Call): Answer {
  const found = mantleModels().find(({ id }) => id === call.modelId);
  if (found) return whole(call, found);
  throw new NativeError(`The model '${call.modelId}' does not exist`, {
    status: 404,
    code: "model_not_found",
  });
}

function mantleModels(): JsonObject[] {
  return NATIVE_MODELS.filter(({ mantleId }) => mantleId !== "").map(({ mantleId }) => ({
    id: mantleId,
    object: "model",
    created: CREATED,
    owned_by: mantleId.split(".")[0],
    status: "available",
    status_reason: null,
    data_retention: { mode: "aws_review", source: "account", allowed_modes: ["default", "aws_review"] },
  }));
}

function whole({ requestId }: Call, value: JsonObject): Answer {
  return { outcome: jsonOutcome(value, { "x-request-id": requestId }) };
}
