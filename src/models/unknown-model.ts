import { nearest } from "../bedrock/catalogue/nearest.ts";
import { modelNotFound } from "../bedrock/errors/model-not-found.ts";
import type { BedrockOpenAIError } from "../errors.ts";

/** Long names are told by their beginning. */
const MAX_NAME = 100;

/** OpenAI's words for a model that is not there, with what may have been meant. */
export function unknownModel(name: string, known: readonly string[]): BedrockOpenAIError {
  const said = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
  const meant = nearest(name, known).map((id) => `'${id}'`);
  const hint = meant.length > 0 ? `. Did you mean ${meant.join(", ")}?` : "";
  return modelNotFound(`The model '${said}' does not exist${hint}`);
}
