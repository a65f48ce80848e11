import { nearest } from "../bedrock/catalogue/nearest.ts";
import { modelNotFound, shortName } from "../bedrock/errors/model-not-found.ts";
import type { BedrockOpenAIError } from "../errors.ts";

/** OpenAI's words for a model that is not there, with what may have been meant. */
export function unknownModel(name: string, known: readonly string[]): BedrockOpenAIError {
  const meant = nearest(name, known).map((id) => `'${id}'`);
  const hint = meant.length > 0 ? `. Did you mean ${meant.join(", ")}?` : "";
  return modelNotFound(`The model '${shortName(name)}' does not exist${hint}`);
}
