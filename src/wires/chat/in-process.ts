import type { CallContext } from "../../context.ts";
import { isObject } from "../../conversation/json-schema/is-object.ts";
import { NO_ATTACHMENTS } from "../../http/attachments.ts";
import type { ChatCompletion, ChatCompletionChunk } from "../../openai/chat-response.ts";
import { withoutAccess } from "../../reception/request-access.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened } from "../../reception/extra-body.ts";
import { toChunks } from "../chunks.ts";
import { answerChat } from "./answer.ts";
import type { ChatAnswer, ChatMedium } from "./medium.ts";
import { CHUNKS } from "./native/outlets.ts";
import { createChatChunks } from "./stream.ts";

type Chunks = AsyncGenerator<ChatCompletionChunk, void, undefined>;

/** A whole answer. @param body What a request's JSON would be; `stream` is not asked. */
export async function completeInProcess(context: CallContext, body: unknown): Promise<ChatCompletion> {
  const answer = await answerBody(context, body, {});
  return (answer as { completion: ChatCompletion }).completion;
}

/** The same streamed. Whoever leaves the chunks aborts the call. */
export async function streamInProcess(context: CallContext, body: unknown): Promise<Chunks> {
  const answer = await answerBody(context, body, { stream: true });
  return (answer as { stream: Chunks }).stream;
}

async function answerBody(
  context: CallContext,
  body: unknown,
  streams: { stream?: true },
): Promise<ChatAnswer<ChatCompletionChunk>> {
  const said = withDefaults(withoutAccess(flattened(body), context), context);
  return answerChat(context, {
    // The operator's defaults have no say in it either.
    body: isObject(said) ? { ...said, stream: undefined, ...streams } : said,
    attachments: NO_ATTACHMENTS,
    medium: OBJECTS,
  });
}

const OBJECTS: ChatMedium<ChatCompletionChunk> = {
  translated: ({ arrivals, head, form }, context) =>
    toChunks(arrivals, createChatChunks(head, form), context),
  passed: (passing, context, tell) => tell(passing, CHUNKS, context),
  chunksIn: (chunk) => [chunk],
  isEnd: () => false,
  endsSilently: true,
  failed: CHUNKS.failed,
};
