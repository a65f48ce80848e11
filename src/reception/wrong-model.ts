import type { Place } from "../bedrock/models/target.ts";
import { type BedrockOpenAIError, invalidRequest } from "../errors.ts";

/**
 * For an endpoint that a model is not for.
 * @param api What is asked of it: `embeddings`.
 */
export function wrongModel({ modelId, family }: Place, api: string): BedrockOpenAIError {
  const hint =
    family === "" && modelId.startsWith("arn:")
      ? " AWS did not tell which model this ARN stands for: allow this identity to look it up " +
        "(bedrock:GetInferenceProfile and its like), or name its `family` in the option `models`."
      : "";
  return invalidRequest(`The model '${modelId.slice(0, 200)}' does not support the ${api} API.${hint}`, {
    code: "unsupported_model",
    param: "model",
  });
}
