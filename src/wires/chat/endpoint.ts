import type { CallContext } from "../../context.ts";
import type { ConverseStreamEvent } from "../../conversation/types.ts";
import { toBedrockOpenAIError } from "../../errors.ts";
import { jsonResponse, readJson } from "../../http/json.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import { chatRequest } from "../../openai/chat-request.ts";
import { parseRequest } from "../../parse-request.ts";
import { ask } from "../ask.ts";
import { decode } from "./decode.ts";
import { encode, type ReplyHead } from "./encode.ts";
import { type ChatStream, createChatStream } from "./stream.ts";

/** `POST /chat/completions`. Source: OpenAI API reference, "Create chat completion". */
export async function chatCompletions(context: CallContext): Promise<Response> {
  const { options } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body };
  const request = parseRequest(chatRequest, await readJson(context.request, limits));
  const asked = ask(context, request.model, request.stream === true, decode(request));
  if (context.explain) return jsonResponse(asked.explain());

  const head: ReplyHead = {
    id: context.newId("chatcmpl-"),
    created: context.now(),
    model: asked.target.modelId,
  };
  if (!request.stream) return jsonResponse(encode(await asked.whole(), head));

  const events = await asked.stream();
  const stream = createChatStream(head, request.stream_options?.include_usage === true);
  return eventStreamResponse(toFrames(events, stream, context), context.abort);
}

/** One piece of text per arrival. A failure becomes the last frame: never `[DONE]`, never a silent end. */
async function* toFrames(
  batches: AsyncIterator<ConverseStreamEvent[], unknown, undefined>,
  stream: ChatStream,
  context: CallContext,
): AsyncGenerator<string, void, undefined> {
  try {
    for (;;) {
      const { done, value: events } = await batches.next();
      if (done) break;
      const frames = events.map(stream.push).join("");
      if (frames !== "") yield frames;
    }
    yield stream.end();
  } catch (thrown) {
    if (context.signal.aborted) throw context.signal.reason;
    const error = toBedrockOpenAIError(thrown);
    context.log.error(`bedrock-openai: ${error.message}`, {
      requestId: context.requestId,
      code: error.code,
      cause: error.cause,
    });
    yield `data: ${JSON.stringify(error.toBody())}\n\n`;
  } finally {
    await batches.return?.();
    context.release();
  }
}
