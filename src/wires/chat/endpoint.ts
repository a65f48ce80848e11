import type { CallContext } from "../../context.ts";
import { jsonResponse, readJson } from "../../http/json.ts";
import { failureFrame } from "../../flow/failure-frame.ts";
import { inTime, late } from "../../flow/late.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import { withoutAccess } from "../../reception/request-access.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened, withNativeHeaders } from "../../reception/extra-body.ts";
import { toFrames } from "../frames.ts";
import { answerChat } from "./answer.ts";
import type { ChatAnswer, ChatMedium } from "./medium.ts";
import { FRAMES } from "./native/outlets.ts";
import { filesIn } from "../request/files-in.ts";
import { chunksIn, DONE } from "./stored/chunks-in.ts";
import { createChatStream } from "./stream.ts";

/** `POST /chat/completions`. Source: OpenAI API reference, "Create chat completion". */
export async function chatCompletions(context: CallContext): Promise<Response> {
  const { options, request, signal } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value, attachments } = await readJson(request, limits, filesIn);
  const body = withDefaults(
    withNativeHeaders(withoutAccess(flattened(value), context), request.headers),
    context,
  );
  const answering = answerChat(context, { body, attachments, medium: SSE });
  const isStream = context.record.stream && !context.explain;
  const answer = isStream ? await inTime(answering) : await answering;
  if (!answer) return eventStreamResponse(late(answering as Promise<StreamedChat>, context), context.abort);
  if ("stream" in answer) return eventStreamResponse(answer.stream, context.abort);
  return jsonResponse("completion" in answer ? answer.completion : answer.explanation);
}

/** What comes of a request for a stream. */
type StreamedChat = Extract<ChatAnswer<string>, { stream: unknown }>;

const SSE: ChatMedium<string> = {
  translated: ({ arrivals, head, form }, context) =>
    toFrames(arrivals, createChatStream(head, form), context),
  passed: (passing, context, tell) => tell(passing, FRAMES, context),
  chunksIn,
  isEnd: (frames) => frames.endsWith(DONE),
  endsSilently: false,
  failed: failureFrame,
};
