import type { CallContext } from "../../../context.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import { isEnd } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import type { AskedResponse } from "../asked.ts";
import { failureEvents } from "../failure.ts";
import { endEvents } from "./ends.ts";
import { failureOf, made } from "./made.ts";
import type { OpenRun } from "./open-runs.ts";
import { persist } from "./persist.ts";
import type { Records } from "./records.ts";
import { type Outcome, type Progress, tell } from "./tell.ts";
import { watch } from "./watch.ts";
import type { Wish } from "./wish.ts";

/**
 * Makes a response that was promised, and keeps what becomes of it. The call is over with it.
 * @param context Of the call whose caller was promised it.
 */
export function run(
  context: CallContext,
  asked: AskedResponse,
  queued: ResponseObject,
  records: Records,
): Pick<OpenRun, "stop" | "done"> {
  let wish: Wish | undefined;
  const stop = (wanted: Wish): void => {
    wish ??= wanted;
    context.abort(new DOMException("The response is no longer wanted.", "AbortError"));
  };
  const watching = watch(records, stop);
  const progress: Progress = { response: queued, output: [] };

  const outcome = async (): Promise<Outcome | undefined> => {
    try {
      const told = await tell(made(context, asked, queued), progress, records);
      if (!told) throw brokenOff();
      return told;
    } catch (thrown) {
      if (wish !== undefined) return undefined;
      return failed(thrown);
    }
  };
  const failed = (thrown: unknown): Outcome => {
    const error = failureOf(thrown, context);
    context.abort(error);
    const events = failureEvents(error, asFar(progress));
    return { response: events.find(isEnd)!.response, events };
  };
  const work = async (): Promise<void> => {
    const ended = await outcome();
    wish ??= await persist(records.lookForWish);
    if (wish === "delete") return records.forget(asFar(progress));
    const response = await end(ended && wish === undefined ? ended : cancelled(asFar(progress)));
    // Who deleted it while its end was being kept may have been faster.
    if ((await persist(records.lookForWish)) === "delete") await records.forget(response);
  };
  const end = async ({ response, events }: Outcome): Promise<ResponseObject> => {
    try {
      await records.end(response, events);
      return response;
    } catch (thrown) {
      const { response, events } = failed(thrown);
      await records.end(response, events);
      return response;
    }
  };
  const done = work()
    // The store is away for good. Whoever finds the response later finds that nobody works at it.
    .catch((thrown: unknown) => void failureOf(thrown, context))
    .then(async () => {
      await watching.stop();
      await records.leave();
      context.release();
    });
  return { stop, done };
}

const asFar = ({ response, output }: Progress): ResponseObject => ({ ...response, output });

function cancelled(last: ResponseObject): Outcome {
  const response: ResponseObject = { ...last, status: "cancelled" };
  return { response, events: endEvents(response) };
}

const brokenOff = (): BedrockOpenAIError =>
  new BedrockOpenAIError(502, "The answer broke off: its events ended before the response did.", {
    type: "server_error",
    code: "stream_interrupted",
  });
