import type { CallContext } from "../../context.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { askedModel } from "../../flow/asked-model.ts";
import { together, togetherStreamed } from "../../flow/together.ts";
import type { Attachments } from "../../http/attachments.ts";
import { chatRequest } from "../../openai/chat-request.ts";
import { parseRequest } from "../../reception/parse-request.ts";
import { ask } from "../ask.ts";
import type { ReplyHead } from "../reply/head.ts";
import { decode, retold } from "./decode.ts";
import { encode } from "./encode.ts";
import type { ChatAnswer, ChatMedium } from "./medium.ts";
import { passThrough } from "./native/pass-through.ts";
import { mediaUrls } from "./request/media-parts.ts";

/** What is asked, however it came. */
export interface ChatAsked<Told> {
  /** With the operator's defaults, not yet validated. */
  body: unknown;
  /** The files that tokens stand for in it. */
  attachments: Attachments;
  /** What a stream is to be told in. */
  medium: ChatMedium<Told>;
}

/**
 * The answer to a chat request, whichever way it takes to AWS.
 * @throws BedrockOpenAIError
 */
export async function answerChat<Told>(
  context: CallContext,
  { body, attachments, medium }: ChatAsked<Told>,
): Promise<ChatAnswer<Told>> {
  const { options, signal } = context;
  const request = parseRequest(chatRequest, body);
  Object.assign(context.record, { operation: "chat", request, stream: request.stream === true });
  const target = await context.bedrock.resolve(askedModel(context, request), signal);
  const passed = await passThrough(context, target, { body: body as JsonObject, attachments, medium });
  if (passed) return passed;

  const told = retold(request);
  const media = await context.fetchMedia(mediaUrls(told), signal);
  const { form, ...decoded } = decode(request, { told, media, promptCache: options.promptCache });
  const asked = ask(context, target, request.stream === true, { ...decoded, attachments });
  if (context.explain) return { explanation: asked.explain() };

  const head: ReplyHead = {
    id: context.newId("chatcmpl-"),
    created: context.now(),
    model: asked.target.modelId,
  };
  const choices = request.n ?? 1;
  if (!request.stream)
    return { completion: encode(await together(choices, signal, asked.whole), head, form) };

  const arrivals = await togetherStreamed(choices, signal, asked.stream);
  const includeUsage = request.stream_options?.include_usage === true;
  return {
    stream: medium.translated({ arrivals, head, form: { ...form, includeUsage, choices } }, context),
  };
}
