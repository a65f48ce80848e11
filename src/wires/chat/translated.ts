import type { Target } from "../../bedrock/models/target.ts";
import type { CallContext } from "../../context.ts";
import { together, togetherStreamed } from "../../flow/together.ts";
import type { Attachments } from "../../http/attachments.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import { ask } from "../ask.ts";
import type { ReplyHead } from "../reply/head.ts";
import type { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import type { ChatAnswer, ChatMedium } from "./medium.ts";

export type DecodedChat = ReturnType<typeof decode>;

interface Translation<Told> {
  request: ChatRequest;
  decoded: DecodedChat;
  /** The files that tokens stand for in it. */
  attachments: Attachments;
  /** What a stream is to be told in. */
  medium: ChatMedium<Told>;
}

/** The answer of a target that does not speak the caller's protocol, or not all of it. */
export async function translated<Told>(
  context: CallContext,
  target: Target,
  { request, attachments, medium, decoded: { form, ...decoded } }: Translation<Told>,
): Promise<ChatAnswer<Told>> {
  const { signal } = context;
  const asked = ask(context, target, request.stream === true, { ...decoded, attachments });
  if (context.explain) return { explanation: asked.explain() };

  const head: ReplyHead = {
    id: context.newId("chatcmpl-"),
    created: context.now(),
    model: asked.target.modelId,
  };
  context.record.responseId = head.id;
  const choices = request.n ?? 1;
  if (!request.stream)
    return { completion: encode(await together(choices, signal, asked.whole), head, form) };

  const arrivals = await togetherStreamed(choices, signal, asked.stream);
  const includeUsage = request.stream_options?.include_usage === true;
  return {
    stream: medium.translated({ arrivals, head, form: { ...form, includeUsage, choices } }, context),
  };
}
