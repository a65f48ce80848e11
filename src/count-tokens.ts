import type { TokenCount } from "./bedrock/count-tokens.ts";
import { AMBIENT, type BedrockOpenAIHandler, callWithin } from "./house.ts";
import type { BedrockOpenAIOptions } from "./options.ts";

/**
 * Counts the input tokens of a chat completions request without sending it to the model. AWS counts for some models only
 * (`bedrock:CountTokens`, free of charge); for others, and where that is not allowed, `estimated` is true.
 * @param request The body of a `POST /chat/completions`: `{ model, messages, tools?, … }`.
 * @param optionsOrHandler The options of a handler, or a handler. The same object keeps its connections from call to call.
 * Default: the ambient AWS environment.
 * @throws BedrockOpenAIError as the request itself would; 429 where AWS counts no faster.
 * @throws The signal's reason, once it has fired.
 */
export async function countTokens<Request extends { model: string; messages: readonly object[] }>(
  request: Request,
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler = AMBIENT,
  { signal }: { signal?: AbortSignal } = {},
): Promise<TokenCount> {
  const context = await callWithin(optionsOrHandler, signal);
  try {
    context.signal.throwIfAborted();
    const { countChatTokens } = await import("./endpoints/chat.ts");
    return await countChatTokens(context, request);
  } finally {
    context.release();
  }
}
