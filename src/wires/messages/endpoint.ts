import type { CallContext } from "../../context.ts";
import { inTime, late } from "../../flow/late.ts";
import { jsonResponse } from "../../http/json.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import { answerMessage } from "./answer.ts";
import { failureEvent } from "./failure.ts";
import type { MessageAnswer } from "./medium.ts";
import { inAnthropicPlace } from "./names.ts";
import { read } from "./read.ts";
import { messagesRequest } from "./request/shape.ts";

/** `POST /messages`. Source: Anthropic API reference, "Create a Message". */
export async function createMessage(context: CallContext): Promise<Response> {
  const answering = answerMessage(context, await read(context, messagesRequest));
  const isStream = context.record.stream && !context.explain;
  const answer = isStream ? await inTime(answering) : await answering;
  if (!answer)
    return eventStreamResponse(
      late(answering as Promise<StreamedMessage>, context, failureEvent),
      context.abort,
    );
  renameNotes(context);
  if ("stream" in answer) return eventStreamResponse(answer.stream, context.abort);
  return jsonResponse("message" in answer ? answer.message : answer.explanation);
}

/** What comes of a request for a stream. */
type StreamedMessage = Extract<MessageAnswer, { stream: unknown }>;

/** What was done on the caller's behalf, in its own words. */
export function renameNotes({ adjustments }: CallContext): void {
  for (const [index, note] of adjustments.entries())
    adjustments[index] = { ...note, param: inAnthropicPlace(note.param) };
}
