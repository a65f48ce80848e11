import { BedrockOpenAIError, type BedrockOpenAIErrorInit } from "../../errors.ts";

/** Long names are told by their beginning. */
const MAX_NAME = 100;

export const shortName = (name: string): string =>
  name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;

export const unknownModel = (model: string, hint = ""): BedrockOpenAIError => {
  const name = shortName(model);
  return modelNotFound(`The model '${name}' does not exist or you do not have access to it. ${hint}`.trim());
};

export const modelNotFound = (
  message: string,
  init: Pick<BedrockOpenAIErrorInit, "headers" | "cause"> = {},
): BedrockOpenAIError =>
  new BedrockOpenAIError(404, message, {
    type: "invalid_request_error",
    code: "model_not_found",
    param: "model",
    ...init,
  });
