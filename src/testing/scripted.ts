import type { Account } from "./account.ts";
import { AwsError } from "./aws-error.ts";
import type { Answer } from "./call.ts";
import type { AnswerReply, BytesReply, ErrorReply, Reply } from "./reply.ts";
import type { Outcome } from "./wire/deliver.ts";
import type { Form } from "./wire/forms.ts";
import { errorOutcome } from "./wire/whole-outcome.ts";

/**
 * What an inference call gets: the next reply of the script, or the emulator's own answer when there is none. Whoever
 * calls this has checked the request before, so that what AWS refuses uses no reply up.
 */
export function answerByScript(
  account: Account,
  form: Form,
  own: () => AnswerReply,
  write: (answer: AnswerReply) => Outcome,
): Answer {
  const reply = account.queue.shift();
  if (!reply) return { outcome: write(own()), pacing: { delayMs: account.tokenDelayMs } };
  const outcome = scripted(reply, form) ?? write(isAnswer(reply) ? reply : own());
  return { outcome: reply.fault ? form.spoil(outcome, reply.fault) : outcome, pacing: reply };
}

/** The same for operations whose answers are no conversation: exact replies and faults only. */
export function replyByScript(account: Account, form: Form, own: () => Outcome): Answer {
  const reply = account.queue.shift();
  if (!reply) return { outcome: own(), pacing: { delayMs: account.tokenDelayMs } };
  const outcome = scripted(reply, form) ?? own();
  return { outcome: reply.fault ? form.spoil(outcome, reply.fault) : outcome, pacing: reply };
}

/** The outcome of a reply that says more than "answer this"; undefined for the others. */
function scripted(reply: Reply, form: Form): Outcome | undefined {
  if ("error" in reply) return errorOutcome(scriptedError(reply));
  if ("bytes" in reply) return scriptedBytes(reply, form);
  const exact = form.exact(reply);
  if (exact || !("response" in reply || "events" in reply || "chunks" in reply)) return exact;
  throw new AwsError(
    "InternalServerException",
    "emulator: the queued reply does not fit: `response` is for Converse and InvokeModel, `events` for " +
      "ConverseStream, `chunks` for InvokeModelWithResponseStream",
  );
}

function scriptedError({ error: { name, message, ...details } }: ErrorReply): AwsError {
  return new AwsError(name, message, details);
}

function scriptedBytes({ bytes, headers, status = 200 }: BytesReply, form: Form): Outcome {
  return { status, headers: { ...form.headers, ...headers }, chunks: bytes, ending: "end" };
}

function isAnswer(reply: Reply): reply is AnswerReply {
  return "content" in reply;
}
