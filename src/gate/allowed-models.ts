import type { AskedModel } from "../bedrock/models/resolve.ts";
import type { CallContext } from "../context.ts";
import { BedrockOpenAIError } from "../errors.ts";

type Calling = Pick<CallContext, "caller" | "bedrock">;

/** Whether a caller may name a model; see `Bedrock.allows`. */
export const isAllowed = ({ caller, bedrock }: Calling, model: string): boolean =>
  caller.models === undefined || bedrock.allows(caller.models, model);

/**
 * Everything that a request says of its model must be allowed: `model_id` goes into the URL, whatever `model` is.
 * @throws BedrockOpenAIError 403 `model_not_allowed`.
 */
export function requireAllowed(
  calling: Calling,
  { model, modelId }: Pick<AskedModel, "model" | "modelId">,
): void {
  for (const [param, name] of [
    ["model", model],
    ["model_id", modelId],
  ] as const)
    if (name !== undefined && !isAllowed(calling, name)) throw notAllowed(name, param);
}

const notAllowed = (name: string, param: string): BedrockOpenAIError =>
  new BedrockOpenAIError(403, `You do not have access to the model '${name.slice(0, 200)}'.`, {
    type: "invalid_request_error",
    code: "model_not_allowed",
    param,
  });
