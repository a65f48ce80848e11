import type { CallContext } from "../../../context.ts";
import { BedrockOpenAIError, invalidRequest } from "../../../errors.ts";
import { jsonResponse } from "../../../http/json.ts";
import { keptBy } from "../../../store/kept.ts";
import { shownResponse } from "../shown.ts";
import { found } from "../state/found.ts";
import { responseNotFound } from "../state/not-found.ts";
import { isOpen, type StoredResponse, type StoredResponses } from "../state/stored-response.ts";
import { stopHere } from "./open-runs.ts";
import { pause } from "./pause.ts";
import { isAtWork, settled } from "./settled.ts";
import { type Wish, wish } from "./wish.ts";

/** How often whoever cancels looks whether it is done, in milliseconds. */
const LOOK_AGAIN_MS = 100;

/** Looks; a maker that is alive looks for wishes far more often. */
const MAX_LOOKS = 100;

/** `POST /responses/{id}/cancel`. What is over stays as it is. */
export async function cancelResponse(context: CallContext, id: string): Promise<Response> {
  const { responses, stored } = await found(context, id);
  if (!stored.response.background)
    throw invalidRequest(
      "Cannot cancel a synchronous response: only those that were created with 'background' set to true can be cancelled.",
      { param: "id" },
    );
  const ended = isOpen(stored) ? await cancelled(context, responses, stored) : stored;
  return jsonResponse(shownResponse(ended.response, {}));
}

/** The wish is kept, then whoever makes the response fulfils it, here or elsewhere; where nobody does, it is done here. */
async function cancelled(
  context: CallContext,
  responses: StoredResponses,
  stored: StoredResponse,
): Promise<StoredResponse> {
  const { id } = stored.response;
  const store = context.store!;
  await wish(await keptBy<Wish>(context, store, "events"), id, "cancel");
  await stopHere(context, id, "cancel");
  for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
    const last = await responses.find(id);
    if (!last) throw responseNotFound(id);
    if (!isOpen(last)) return last;
    if (!(await isAtWork(context, store, id))) return settled(context, last, { status: "cancelled" });
    context.signal.throwIfAborted();
    await pause(LOOK_AGAIN_MS).over;
  }
  throw notStopped();
}

const notStopped = (): BedrockOpenAIError =>
  new BedrockOpenAIError(
    503,
    "The response is being made, and who makes it did not stop in time. Please try again.",
    {
      type: "server_error",
      code: "service_unavailable",
    },
  );
