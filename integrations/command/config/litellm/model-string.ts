/**
 * LiteLLM's `model`, if it is Bedrock's: with the provider before it, an ARN, or an id as AWS writes them, vendor and dot.
 * Undefined for other providers: `openai/gpt-4o` would otherwise be read as a route of ours.
 */
export function bedrockModel(model: string, provider: unknown): string | undefined {
  if (model.startsWith("bedrock/") || model.startsWith("arn:") || model === "*") return model;
  if (model.startsWith("bedrock_mantle/")) return model.replace("bedrock_mantle/", "mantle/");
  if (provider === "bedrock") return `bedrock/${model}`;
  return /^[\w-]+\.[a-z]/.test(model) && !model.includes("/") ? model : undefined;
}

/** A server of the operator's own: `api_base` is then where to post, not one of AWS's hosts. */
export const isConverseLike = (model: string): boolean => /(^|\/)converse_like\//.test(model);
