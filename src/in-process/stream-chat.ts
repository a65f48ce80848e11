import { AMBIENT, type BedrockOpenAIHandler } from "../house.ts";
import type { ChatCompletionChunk } from "../openai/chat-response.ts";
import type { BedrockOpenAIOptions } from "../options.ts";
import { type Answered, answered, type CallOptions } from "./answered.ts";
import type { Asked } from "./chat-request.ts";
import { leavable } from "./leavable.ts";

/**
 * What `POST /chat/completions` streams to the same request, one chunk after the other, with no HTTP and no JSON in between.
 * Leaving the loop aborts AWS's request; chunks that are never read hold it until `timeouts.idle`. A slow reader slows
 * Bedrock down.
 * @param request The body, as an object; `stream` need not be said. `stream_options: { include_usage: true }` asks for a
 * last chunk with usage.
 * @param optionsOrHandler As for `completeChat`.
 * @throws BedrockOpenAIError as the request itself would, also where the first event is a failure; of a failure later, or
 * of a first event that takes more than five seconds, the chunks' iteration throws it. It never just ends.
 * @throws The signal's reason, once it has fired.
 */
export async function streamChat<Request extends Asked>(
  request: Request,
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler = AMBIENT,
  options: CallOptions = {},
): Promise<Answered<AsyncIterable<ChatCompletionChunk>>> {
  return answered(optionsOrHandler, options, request, async (context, body) => {
    const { streamInProcess } = await import("../endpoints/chat.ts");
    return leavable(await streamInProcess(context, body), context, options.signal);
  });
}
