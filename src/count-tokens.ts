import type { TokenCount } from "./bedrock/count-tokens.ts";
import type { BedrockOpenAIHandler } from "./handler.ts";
import { callWithin } from "./house.ts";
import type { BedrockOpenAIOptions } from "./options.ts";
import { countChatTokens } from "./wires/chat/count-tokens.ts";

/**
 * Counts the input tokens of a chat completions request without sending it to the model. AWS counts for some models only
 * (`bedrock:CountTokens`, free of charge); for others, and where that is not allowed, `estimated` is true.
 * @param request The body of a `POST /chat/completions`: `{ model, messages, tools?, … }`.
 * @param optionsOrHandler The options of a handler, or a handler. Default: the ambient AWS environment.
 * @throws BedrockOpenAIError as the request itself would.
 */
export const countTokens = (
  request: { model: string; messages: readonly object[]; [parameter: string]: unknown },
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler = {},
  { signal }: { signal?: AbortSignal } = {},
): Promise<TokenCount> => countChatTokens(callWithin(optionsOrHandler, signal), request);
