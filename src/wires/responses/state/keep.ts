import type { CallContext } from "../../../context.ts";
import { streamFailure } from "../../../flow/stream-failure.ts";
import { type EndEvent, isEnd, type ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject, ResponseStatus } from "../../../openai/responses/response.ts";
import type { AskedResponse } from "../asked.ts";
import { appendToConversation } from "../conversations/append.ts";
import { failureEvents } from "../failure.ts";
import type { ResponseAnswer } from "../medium.ts";
import { keepsResponse } from "./keeps.ts";
import { conversationId } from "./own-input.ts";
import { asInput, fullInput, storedResponses } from "./stored-response.ts";

/**
 * An answer that is kept, where it is to be, before it is told whole or told its end: what was acknowledged can be read.
 * @throws BedrockOpenAIError 503 where a whole answer cannot be kept; a stream tells it in its events.
 */
export async function keeping(
  context: CallContext,
  asked: AskedResponse,
  answer: ResponseAnswer,
): Promise<ResponseAnswer> {
  if ("explanation" in answer) return answer;
  // A stream is not to hold what was asked where nobody will keep it.
  if ("events" in answer)
    return isKept(context, asked) ? { events: keptAtEnd(context, asked, answer.events) } : answer;
  await keep(context, asked, answer.response);
  return answer;
}

const isKept = (context: CallContext, { request }: AskedResponse): boolean =>
  keepsResponse(context, request) || request.conversation != null;

async function* keptAtEnd(
  context: CallContext,
  asked: AskedResponse,
  events: AsyncIterable<ResponseEvent[]>,
): AsyncGenerator<ResponseEvent[], void, undefined> {
  for await (const arrived of events) {
    const end = arrived.find(isEnd);
    yield end ? await withKeptEnd(context, asked, arrived, end) : arrived;
  }
}

async function withKeptEnd(
  context: CallContext,
  asked: AskedResponse,
  arrived: ResponseEvent[],
  end: EndEvent,
): Promise<ResponseEvent[]> {
  try {
    await keep(context, asked, end.response);
    return arrived;
  } catch (thrown) {
    const error = streamFailure(thrown, context);
    // What failed already needs no other reason.
    if (end.type === "response.failed") return arrived;
    return [...arrived.filter((event) => event !== end), ...failureEvents(error, end.response)];
  }
}

async function keep(context: CallContext, asked: AskedResponse, response: ResponseObject): Promise<void> {
  const responses = keepsResponse(context, asked.request) ? await storedResponses(context) : undefined;
  await responses?.keep(asked, response);
  try {
    await joinConversation(context, asked, response);
  } catch (thrown) {
    // Whoever is told that it failed must not find it done. The failure is told, whatever becomes of this.
    await responses?.forget(response).catch(() => undefined);
    throw thrown;
  }
}

const JOINING: ReadonlySet<ResponseStatus> = new Set(["completed", "incomplete"]);

/**
 * What was asked and answered becomes part of its conversation, whether or not the response is kept; what failed does not.
 * Harmless where it is part of it already.
 */
export async function joinConversation(
  context: CallContext,
  asked: AskedResponse,
  response: ResponseObject,
): Promise<void> {
  const { conversation } = asked.request;
  if (conversation == null || context.explain || !JOINING.has(response.status)) return;
  await appendToConversation(context, conversationId(conversation), [
    ...fullInput(asked),
    ...asInput(response),
  ]);
}
