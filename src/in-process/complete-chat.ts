import { AMBIENT, type BedrockOpenAIHandler } from "../house.ts";
import type { ChatCompletion } from "../openai/chat-response.ts";
import type { BedrockOpenAIOptions } from "../options.ts";
import { type Answered, answered, type CallOptions } from "./answered.ts";
import type { Asked } from "./chat-request.ts";

/**
 * What `POST /chat/completions` answers to the same request without `stream`, with no HTTP and no JSON in between. The bound
 * on a body's size (`maxBodyBytes`) does not apply to what is in memory already.
 * @param request The body, as an object. It is read before the first `await`.
 * @param optionsOrHandler The options of a handler, or a handler. The same object keeps its connections from call to call.
 * Default: the ambient AWS environment.
 * @throws BedrockOpenAIError as the request itself would.
 * @throws The signal's reason, once it has fired.
 */
export async function completeChat<Request extends Asked>(
  request: Request,
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler = AMBIENT,
  options: CallOptions = {},
): Promise<Answered<ChatCompletion>> {
  return answered(optionsOrHandler, options, request, async (context, body) => {
    const { completeInProcess } = await import("../endpoints/chat.ts");
    const completion = await completeInProcess(context, body);
    context.release();
    return completion;
  });
}
