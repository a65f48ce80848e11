import type { CallContext } from "../../../context.ts";
import { type BedrockOpenAIError, callerLeft, toBedrockOpenAIError } from "../../../errors.ts";
import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import { report } from "../../../report.ts";
import { answerResponse } from "../answer.ts";
import type { AskedResponse } from "../asked.ts";
import { failureEvents } from "../failure.ts";
import type { ResponseAnswer } from "../medium.ts";
import { endEvents } from "./ends.ts";
import { toldAgain } from "./told-again.ts";

/**
 * The events of a response that is being made, up to its end: a failure is told in them. AWS streams it whatever was asked: no
 * connection lives through minutes of silence everywhere.
 * @param queued The response as it was promised.
 * @throws The reason where somebody stopped it.
 */
export async function* made(
  context: CallContext,
  asked: AskedResponse,
  queued: ResponseObject,
): AsyncGenerator<ResponseEvent[], void, undefined> {
  const head = { id: queued.id, createdAt: queued.created_at, stream: true };
  let answer: ResponseAnswer;
  try {
    answer = await answerResponse(context, asked, head);
  } catch (thrown) {
    if (callerLeft(context.signal)) throw thrown;
    yield failureEvents(failureOf(thrown, context), queued);
    return;
  }
  if ("events" in answer) yield* answer.events;
  else if ("response" in answer) yield toldAgain(answer.response, endEvents(answer.response));
}

/** A failure that no answer to a request tells. */
export function failureOf(thrown: unknown, context: CallContext): BedrockOpenAIError {
  const error = toBedrockOpenAIError(context.signal.aborted ? context.signal.reason : thrown);
  context.record.error = error;
  report(error, context);
  return error;
}
