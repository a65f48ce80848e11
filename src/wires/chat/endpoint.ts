import type { CallContext } from "../../context.ts";
import { jsonResponse, readJson } from "../../http/json.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened, withNativeHeaders } from "../../reception/extra-body.ts";
import { toFrames } from "../frames.ts";
import { answerChat } from "./answer.ts";
import type { ChatMedium } from "./medium.ts";
import { FRAMES } from "./native/outlets.ts";
import { told } from "./native/told.ts";
import { filesIn } from "./request/files-in.ts";
import { createChatStream } from "./stream.ts";

/** `POST /chat/completions`. Source: OpenAI API reference, "Create chat completion". */
export async function chatCompletions(context: CallContext): Promise<Response> {
  const { options, request, signal } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value, attachments } = await readJson(request, limits, filesIn);
  const body = withDefaults(withNativeHeaders(flattened(value), request.headers), context);
  const answer = await answerChat(context, { body, attachments, medium: SSE });
  if ("stream" in answer) return eventStreamResponse(answer.stream, context.abort);
  return jsonResponse("completion" in answer ? answer.completion : answer.explanation);
}

const SSE: ChatMedium<string> = {
  translated: ({ arrivals, head, form }, context) =>
    toFrames(arrivals, createChatStream(head, form), context),
  passed: (passing, context) => told(passing, FRAMES, context),
};
