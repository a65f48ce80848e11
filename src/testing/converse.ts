import type { ConverseResponse } from "../conversation/types.ts";
import { defaultAnswer } from "./answers/default-answer.ts";
import { measureUsage, outputTokens } from "./answers/usage.ts";
import { AwsError } from "./aws-error.ts";
import type { Answer, Call } from "./call.ts";
import { resolveModel } from "./catalogue/model-id.ts";
import type { AnswerReply, BytesReply, Delivery, ErrorReply, Reply } from "./reply.ts";
import { RULES } from "./rules/rules.ts";
import { checkRules } from "./rules/rule.ts";
import type { ConverseRequest } from "./rules/request.ts";
import { readShape } from "./shapes/check-shape.ts";
import { converseRequest, converseStreamRequest } from "./shapes/converse-request.ts";
import type { Shape } from "./shapes/shape.ts";
import { faultyJson, faultyStream } from "./wire/faulty-outcome.ts";
import type { Outcome } from "./wire/deliver.ts";
import { encodeStreamEvent } from "./wire/event-frame.ts";
import { streamEvents } from "./wire/stream-events.ts";
import { errorOutcome, jsonOutcome } from "./wire/whole-outcome.ts";

const EVENT_STREAM = "application/vnd.amazon.eventstream";

/** POST /model/{modelId}/converse */
export function converse(call: Call): Answer {
  return serve(call, converseRequest, JSON_FORM);
}

/** POST /model/{modelId}/converse-stream */
export function converseStream(call: Call): Answer {
  return serve(call, converseStreamRequest, STREAM_FORM);
}

/** The two forms an answer can take on the wire. */
interface Form {
  contentType: string;
  answer(response: ConverseResponse): Outcome;
  /** A reply that was written for one form only; undefined when it is not for this one. */
  exact(reply: Reply): Outcome | undefined;
  spoil: typeof faultyJson;
}

const JSON_FORM: Form = {
  contentType: "application/json",
  answer: jsonOutcome,
  exact: (reply) => ("response" in reply ? jsonOutcome(reply.response) : undefined),
  spoil: faultyJson,
};

const STREAM_FORM: Form = {
  contentType: EVENT_STREAM,
  answer: (response) => streamOutcome(streamEvents(response)),
  exact: (reply) => ("events" in reply ? streamOutcome(reply.events) : undefined),
  spoil: faultyStream,
};

function serve({ account, modelId, body }: Call, shape: Shape, form: Form): Answer {
  const request = readRequest(shape, modelId, body);
  const model = resolveModel(modelId);
  checkRules(RULES, request, model, form === STREAM_FORM);
  const reply = account.queue.shift();
  if (!reply) {
    const outcome = form.answer(
      complete(defaultAnswer(request, model), request, account.cachedPrefixes, modelId),
    );
    return { outcome, pacing: { delayMs: account.tokenDelayMs } };
  }
  const whole = (): Outcome => {
    if ("error" in reply) return errorOutcome(scriptedError(reply));
    if ("bytes" in reply) return bytesOutcome(reply, form.contentType);
    const exact = form.exact(reply);
    if (exact) return exact;
    if ("response" in reply || "events" in reply) throw new AwsError("InternalServerException", WRONG_FORM);
    const answer = isAnswer(reply) ? reply : defaultAnswer(request, model);
    return form.answer(complete(answer, request, account.cachedPrefixes, modelId));
  };
  const outcome = whole();
  return { outcome: reply.fault ? form.spoil(outcome, reply.fault) : outcome, pacing: reply };
}

const WRONG_FORM =
  "emulator: the queued reply does not fit the operation; `response` is for Converse and `events` for ConverseStream";

function readRequest(shape: Shape, modelId: string, body: unknown): ConverseRequest {
  const members = body !== null && typeof body === "object" && !Array.isArray(body) ? body : (body ?? {});
  const whole = typeof members === "object" && !Array.isArray(members) ? { ...members, modelId } : members;
  return readShape(shape, whole) as unknown as ConverseRequest;
}

/** The Converse response that an answer stands for. */
function complete(
  answer: AnswerReply,
  request: ConverseRequest,
  cachedPrefixes: Set<string>,
  modelId: string,
): ConverseResponse {
  const { content, additionalModelResponseFields, trace } = answer;
  const called = content.some((block) => block.toolUse);
  return {
    output: { message: { role: "assistant", content } },
    stopReason: answer.stopReason ?? (called ? "tool_use" : "end_turn"),
    usage: answer.usage ?? measureUsage(request, modelId, outputTokens(content), cachedPrefixes),
    metrics: { latencyMs: 1 },
    ...(additionalModelResponseFields !== undefined && { additionalModelResponseFields }),
    ...(trace && { trace }),
    ...(request.performanceConfig && { performanceConfig: request.performanceConfig }),
    ...(request.serviceTier && { serviceTier: request.serviceTier as { type: string } }),
  };
}

function isAnswer(reply: Reply): reply is AnswerReply {
  return "content" in reply;
}

function streamOutcome(events: Iterable<Parameters<typeof encodeStreamEvent>[0]>): Outcome {
  function* frames() {
    let index = 0;
    for (const event of events) yield encodeStreamEvent(event, index++);
  }
  return { status: 200, headers: { "content-type": EVENT_STREAM }, chunks: frames(), ending: "end" };
}

function bytesOutcome({ bytes, headers, status = 200 }: BytesReply, contentType: string): Outcome {
  return { status, headers: { "content-type": contentType, ...headers }, chunks: bytes, ending: "end" };
}

function scriptedError({ error: { name, message, ...details } }: ErrorReply & Delivery): AwsError {
  return new AwsError(name, message, details);
}
