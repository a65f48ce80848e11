import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../../src/index.ts";
import { isOptionName } from "../../src/option-names.ts";
import type { HandlerFields } from "./fields.ts";

/** LangChain's own fields, of chat models and embeddings alike. */
const LANGCHAIN = [
  "cache",
  "callbackManager",
  "callbacks",
  "disableStreaming",
  "maxConcurrency",
  "metadata",
  "onFailedAttempt",
  "outputVersion",
  "tags",
  "timeout",
  "verbose",
] as const;

/**
 * The handler that a class calls: the one it was given, or one made of the fields that are neither LangChain's nor its own.
 * @param own The names of the class's own fields.
 * @throws TypeError for a field that does not exist, for options beside a handler, which has its own, and for options that make no sense.
 */
export function handlerOf(
  { handler, maxRetries, ...fields }: HandlerFields,
  own: readonly string[],
): BedrockOpenAIHandler {
  const known = new Set<string>([...LANGCHAIN, ...own]);
  const given = Object.entries(fields).filter(([name, value]) => !known.has(name) && value !== undefined);
  const unknown = given.find(([name]) => !isOptionName(name));
  if (unknown)
    throw new TypeError(
      `bedrock-openai: there is no field '${unknown[0]}'. Parameters of a request without one go into 'modelKwargs'.`,
    );
  const options = Object.fromEntries(given) as BedrockOpenAIOptions;
  if (handler === undefined) return createBedrockOpenAIHandler(withRetries(options, maxRetries));
  const beside = [...Object.keys(options), ...(maxRetries === undefined ? [] : ["maxRetries"])];
  if (beside.length > 0)
    throw new TypeError(
      `bedrock-openai: '${beside.join("', '")}' must be given to the handler, not beside it.`,
    );
  return handler;
}

function withRetries(options: BedrockOpenAIOptions, maxRetries: number | undefined): BedrockOpenAIOptions {
  if (maxRetries === undefined) return options;
  if (options.retries !== undefined)
    throw new TypeError("bedrock-openai: 'maxRetries' and 'retries' are the same: give one of them.");
  return { ...options, retries: maxRetries };
}
