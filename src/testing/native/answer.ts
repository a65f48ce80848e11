import { completeAnswer } from "../answers/complete.ts";
import { defaultAnswer } from "../answers/default-answer.ts";
import type { Answer, Call } from "../call.ts";
import type { Model } from "../catalogue/model-id.ts";
import type { Written } from "../invoke/written.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { answerByScript } from "../scripted.ts";
import type { Outcome } from "../wire/deliver.ts";
import { failureOutcome, scriptedFailure } from "./dialect.ts";
import type { Dialect } from "./dialect.ts";
import { jsonForm, sseForm } from "./sse.ts";

/** A native request that has passed everything the host checks. */
export interface Accepted {
  request: ConverseRequest;
  body: JsonObject;
  model: Model;
}

/** Answers by the script or by itself, and writes it in the vendor's words. */
export function answerNatively(
  call: Call,
  dialect: Dialect,
  { request, body, model }: Accepted,
  write: (answer: Written, streaming: boolean) => Outcome,
): Answer {
  const { account, requestId } = call;
  const [next] = account.queue;
  if (next && "error" in next) {
    account.queue.shift();
    return { outcome: failureOutcome(dialect, scriptedFailure(next), requestId), pacing: next };
  }
  const streaming = body["stream"] === true;
  const form = streaming ? sseForm(dialect) : jsonForm(dialect, requestId);
  const { outcome, pacing } = answerByScript(
    account,
    form,
    () => defaultAnswer(request, model),
    (answer) => {
      const response = completeAnswer(answer, request, model.id, account.cachedPrefixes);
      return write({ response, request, body, model }, streaming);
    },
  );
  const headers = { "x-request-id": requestId, ...outcome.headers };
  return { outcome: { ...outcome, headers }, ...(pacing && { pacing }) };
}
