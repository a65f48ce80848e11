import type { CallContext } from "../../context.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { jsonResponse, readJson } from "../../http/json.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import { chatRequest } from "../../openai/chat-request.ts";
import { parseRequest } from "../../reception/parse-request.ts";
import { ask } from "../ask.ts";
import { toFrames } from "../frames.ts";
import type { ReplyHead } from "../reply/head.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened, withNativeHeaders } from "../../reception/extra-body.ts";
import { together, togetherStreamed } from "../../flow/together.ts";
import { decode, retold } from "./decode.ts";
import { encode } from "./encode.ts";
import { passThrough } from "./native/endpoint.ts";
import { filesIn } from "./request/files-in.ts";
import { mediaUrls } from "./request/media-parts.ts";
import { createChatStream } from "./stream.ts";

/** `POST /chat/completions`. Source: OpenAI API reference, "Create chat completion". */
export async function chatCompletions(context: CallContext): Promise<Response> {
  const { options, signal } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value, attachments } = await readJson(context.request, limits, filesIn);
  const body = withDefaults(withNativeHeaders(flattened(value), context.request.headers), context);
  const request = parseRequest(chatRequest, body);
  const target = await context.bedrock.resolve(
    { model: request.model, modelId: request.model_id ?? undefined },
    signal,
  );
  const passed = await passThrough(context, target, body as JsonObject, attachments);
  if (passed) return passed;

  const told = retold(request);
  const media = await context.fetchMedia(mediaUrls(told), signal);
  const { form, ...decoded } = decode(request, { told, media, promptCache: options.promptCache });
  const asked = ask(context, target, request.stream === true, { ...decoded, attachments });
  if (context.explain) return jsonResponse(asked.explain());

  const head: ReplyHead = {
    id: context.newId("chatcmpl-"),
    created: context.now(),
    model: asked.target.modelId,
  };
  const choices = request.n ?? 1;
  if (!request.stream) return jsonResponse(encode(await together(choices, signal, asked.whole), head, form));

  const arrivals = await togetherStreamed(choices, signal, asked.stream);
  const includeUsage = request.stream_options?.include_usage === true;
  const stream = createChatStream(head, { ...form, includeUsage, choices });
  return eventStreamResponse(toFrames(arrivals, stream, context), context.abort);
}
