import { type Awaitable, isPending } from "../../awaitable.ts";
import type { CallContext } from "../../context.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { attempts } from "../../flow/attempts.ts";
import { findTarget } from "../../flow/find-target.ts";
import type { Attachments } from "../../http/attachments.ts";
import { type ChatRequest, chatRequest } from "../../openai/chat-request.ts";
import { keepableRequest } from "../../openai/metadata.ts";
import { parseBody, parseRequest } from "../../reception/parse-request.ts";
import { decode, retold } from "./decode.ts";
import type { ChatAnswer, ChatMedium } from "./medium.ts";
import { mediaUrls } from "../request/media-parts.ts";
import { type DecodedChat, translated } from "./translated.ts";

/** Most chats have no need of it. */
const otherwise = () => import("../../endpoints/chat-otherwise.ts");

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
  asked: ChatAsked<Told>,
): Promise<ChatAnswer<Told>> {
  const request = parseRequest(chatRequest, asked.body);
  Object.assign(context.record, { operation: "chat", request, stream: request.stream === true });
  const { store } = context;
  if (request.store !== true || !store) {
    giveBackAtEnd(context, asked.attachments.room);
    return await answerOf(context, asked, request);
  }
  parseBody(keepableRequest, asked.body);
  if (!context.explain) await store.ready();
  // From here on it is our affair and nobody else's.
  const body = { ...(asked.body as JsonObject), store: undefined };
  const { keeping } = await otherwise();
  const answer = await answerOf(context, { ...asked, body }, { ...request, store: undefined });
  return keeping(context, answer, { store, request, attachments: asked.attachments }, asked.medium);
}

/** Not before: a stream that has begun may be asked for again, as long as nothing is said in it. After that it keeps nothing. */
function giveBackAtEnd({ atEnd }: CallContext, room: Attachments["room"]): void {
  if (!room) return;
  const held = new WeakRef(room);
  atEnd(() => held.deref()?.giveBack());
}

function answerOf<Told>(
  context: CallContext,
  { body, attachments, medium }: ChatAsked<Told>,
  request: ChatRequest,
): Promise<ChatAnswer<Told>> {
  let reading: Awaitable<DecodedChat> | undefined;
  return attempts(context, request, async (asked, attempt) => {
    const found = findTarget(asked, attempt);
    const target = isPending(found) ? await found : found;
    const asItCame = { body: body as JsonObject, attachments, medium };
    const passed = target.native && (await (await otherwise()).passThrough(attempt, target, asItCame));
    if (passed) return passed;
    reading ??= read(context, request);
    const decoded = isPending(reading) ? await reading : reading;
    return translated(attempt, target, { request, attachments, medium, decoded });
  });
}

/** The request as a conversation: the same for whoever answers it. */
function read({ fetchMedia, options, signal }: CallContext, request: ChatRequest): Awaitable<DecodedChat> {
  const { promptCache } = options;
  const told = retold(request);
  const urls = mediaUrls(told);
  return urls.size === 0
    ? decode(request, { told, promptCache })
    : fetchMedia(urls, signal).then((media) => decode(request, { told, media, promptCache }));
}
