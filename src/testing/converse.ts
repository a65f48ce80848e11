import { completeAnswer } from "./answers/complete.ts";
import { defaultAnswer } from "./answers/default-answer.ts";
import { AwsError } from "./aws-error.ts";
import type { Answer, Call } from "./call.ts";
import { resolveModel } from "./catalogue/model-id.ts";
import type { AnswerReply, BytesReply, ErrorReply, Reply } from "./reply.ts";
import { isObject } from "./rules/request.ts";
import type { ConverseRequest } from "./rules/request.ts";
import { checkRules } from "./rules/rule.ts";
import { RULES } from "./rules/rules.ts";
import { readShape } from "./shapes/check-shape.ts";
import { converseRequest, converseStreamRequest } from "./shapes/converse-request.ts";
import type { Shape } from "./shapes/shape.ts";
import type { Outcome } from "./wire/deliver.ts";
import { JSON_FORM, STREAM_FORM } from "./wire/forms.ts";
import type { Form } from "./wire/forms.ts";
import { errorOutcome } from "./wire/whole-outcome.ts";

/** POST /model/{modelId}/converse */
export function converse(call: Call): Answer {
  return serve(call, converseRequest, JSON_FORM);
}

/** POST /model/{modelId}/converse-stream */
export function converseStream(call: Call): Answer {
  return serve(call, converseStreamRequest, STREAM_FORM);
}

/** Shape, model and rules come before the script: what AWS refuses uses no reply up. */
function serve({ account, modelId, body }: Call, shape: Shape, form: Form): Answer {
  const request = readRequest(shape, modelId, body);
  const model = resolveModel(modelId);
  checkRules(RULES, request, model, form.streaming);
  const respond = (answer: AnswerReply) =>
    form.answer(completeAnswer(answer, request, modelId, account.cachedPrefixes));
  const reply = account.queue.shift();
  if (!reply)
    return { outcome: respond(defaultAnswer(request, model)), pacing: { delayMs: account.tokenDelayMs } };
  const outcome = scripted(reply, form) ?? respond(isAnswer(reply) ? reply : defaultAnswer(request, model));
  return { outcome: reply.fault ? form.spoil(outcome, reply.fault) : outcome, pacing: reply };
}

function readRequest(shape: Shape, modelId: string, body: unknown): ConverseRequest {
  const members = body === undefined ? {} : body;
  return readShape(
    shape,
    isObject(members) ? { ...members, modelId } : members,
  ) as unknown as ConverseRequest;
}

/** The outcome of a reply that says more than "answer this"; undefined for the others. */
function scripted(reply: Reply, form: Form): Outcome | undefined {
  if ("error" in reply) return errorOutcome(scriptedError(reply));
  if ("bytes" in reply) return scriptedBytes(reply, form);
  const exact = form.exact(reply);
  if (exact || !("response" in reply || "events" in reply)) return exact;
  throw new AwsError(
    "InternalServerException",
    "emulator: the queued reply does not fit: `response` is for Converse, `events` for ConverseStream",
  );
}

function scriptedError({ error: { name, message, ...details } }: ErrorReply): AwsError {
  return new AwsError(name, message, details);
}

function scriptedBytes({ bytes, headers, status = 200 }: BytesReply, { contentType }: Form): Outcome {
  return { status, headers: { "content-type": contentType, ...headers }, chunks: bytes, ending: "end" };
}

function isAnswer(reply: Reply): reply is AnswerReply {
  return "content" in reply;
}
