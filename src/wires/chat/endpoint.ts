import type { CallContext } from "../../context.ts";
import type { ConverseStreamEvent } from "../../conversation/types.ts";
import { toBedrockOpenAIError } from "../../errors.ts";
import { jsonResponse, readJson } from "../../http/json.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import { chatRequest } from "../../openai/chat-request.ts";
import { parseRequest } from "../../parse-request.ts";
import { ask } from "../ask.ts";
import { merge, together } from "../together.ts";
import { decode, retold } from "./decode.ts";
import { encode, type ReplyHead } from "./encode.ts";
import { flattened, withNativeHeaders } from "./request/extra-body.ts";
import { filesIn } from "./request/files-in.ts";
import { mediaUrls } from "./request/media-parts.ts";
import { type ChatStream, createChatStream } from "./stream.ts";

/** `POST /chat/completions`. Source: OpenAI API reference, "Create chat completion". */
export async function chatCompletions(context: CallContext): Promise<Response> {
  const { options, signal } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value, attachments } = await readJson(context.request, limits, filesIn);
  const body = withNativeHeaders(flattened(value), context.request.headers);
  const request = parseRequest(chatRequest, body);
  const told = retold(request);
  const media = await context.fetchMedia(mediaUrls(told), signal);
  const { form, ...decoded } = decode(request, { told, media, promptCache: options.promptCache });
  const target = await context.bedrock.resolve(request.model, signal);
  const asked = ask(context, target, request.stream === true, { ...decoded, attachments });
  if (context.explain) return jsonResponse(asked.explain());

  const head: ReplyHead = {
    id: context.newId("chatcmpl-"),
    created: context.now(),
    model: asked.target.modelId,
  };
  const choices = request.n ?? 1;
  if (!request.stream) return jsonResponse(encode(await together(choices, signal, asked.whole), head, form));

  const answers = await together(choices, signal, asked.stream);
  const includeUsage = request.stream_options?.include_usage === true;
  const stream = createChatStream(head, { ...form, includeUsage, choices });
  return eventStreamResponse(toFrames(merge(answers), stream, context), context.abort);
}

/** One piece of text per arrival. A failure becomes the last frame: never `[DONE]`, never a silent end. */
async function* toFrames(
  arrivals: AsyncIterable<[number, ConverseStreamEvent[]]>,
  stream: ChatStream,
  context: CallContext,
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const [choice, events] of arrivals) {
      let frames = "";
      for (const event of events) frames += stream.push(event, choice);
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
    context.abort(error);
    yield `data: ${JSON.stringify(error.toBody())}\n\n`;
  } finally {
    context.release();
  }
}
