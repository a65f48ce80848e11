import type { Contender, Outcome } from "../bedrock/line-up.ts";
import type { AskedModel } from "../bedrock/models/resolve.ts";
import { type CallContext, noRequest } from "../context.ts";
import { oneLine } from "../one-line.ts";
import { type Asking, askedModel } from "./asked-model.ts";
import { type Failure, keyOf, worthTelling } from "./failures.ts";
import { movesOn } from "./moves-on.ts";

/**
 * The answer of the first target that gives one: of those that the request's model leads to, one after the other. What a
 * failed attempt has noted for the caller goes with it.
 * @param attempt Finds the model, sends, and waits until there is an answer or, of a stream, its first piece.
 * @throws BedrockOpenAIError of the failures the one that helps the caller most, and at once whatever no other target mends.
 */
export async function attempts<T>(
  context: CallContext,
  asking: Asking,
  attempt: (asked: AskedModel, context: CallContext) => Promise<T>,
): Promise<T> {
  const { lineUp } = context.bedrock;
  const contenders = lineUp.of(askedModel(context, asking), keyOf(asking));
  const failures: Failure[] = [];
  for (const [index, contender] of contenders.entries()) {
    const isLast = index === contenders.length - 1;
    const own = contenders.length === 1 ? context : ownContext(context, isLast);
    const outcome = lineUp.start(contender);
    try {
      const answer = await attempt(contender.asked, own);
      if (!context.explain) outcome.begun();
      // A stream may fail yet.
      context.atEnd(() => atEnd(context, outcome));
      if (own !== context) settleOn(context, own);
      tell(context, contender, failures);
      return answer;
    } catch (thrown) {
      if (context.signal.aborted) {
        outcome.left();
        throw thrown;
      }
      outcome.failed(thrown);
      failures.push({
        model: contender.asked.model,
        thrown,
        isFallback: contender.isFallback,
        headers: own.headers,
      });
      if (isLast || !movesOn(thrown)) break;
      context.record.failedOver += 1;
    }
  }
  throw giveUp(context, failures);
}

function atEnd({ explain, record: { error }, signal }: CallContext, outcome: Outcome): void {
  if (error) outcome.failed(error);
  else if (explain || signal.aborted) outcome.left();
  else outcome.answered();
}

/** What an attempt tells the caller is told when it is the one that answers. */
const ownContext = (context: CallContext, isLast: boolean): CallContext => ({
  ...context,
  request: noRequest(),
  adjustments: [],
  headers: {},
  patience: { ...context.patience, isLast },
});

function settleOn(context: CallContext, { adjustments, headers }: CallContext): void {
  context.adjustments.push(...adjustments);
  Object.assign(context.headers, headers);
}

function tell(
  { adjustments, log, requestId, record }: CallContext,
  by: Contender,
  failures: Failure[],
): void {
  const { model } = by.asked;
  if (by.isFallback)
    adjustments.push({
      param: "model",
      action: "renamed",
      reason: `${shown(record.asked)} could not answer just now; ${shown(model)} did.`,
    });
  if (failures.length === 0) return;
  const failed = failures.map(({ model: name }) => shown(name)).join(", ");
  log.warn(`bedrock-openai: ${failed} could not answer; ${shown(model)} did.`, {
    requestId,
    failures: failures.map(inShort),
  });
}

/** The failure to be told; the operator hears of all. */
function giveUp({ headers, log, requestId }: CallContext, failures: Failure[]): unknown {
  const told = worthTelling(failures);
  if (failures.length > 1) {
    Object.assign(headers, told.headers);
    const failed = failures.map(({ model }) => shown(model)).join(", ");
    log.warn(`bedrock-openai: none of ${failed} could answer.`, {
      requestId,
      failures: failures.map(inShort),
    });
  }
  return told.thrown;
}

function inShort({ model, thrown }: Failure): object {
  const { status, code } = thrown as { status?: number; code?: string | null };
  return { model: oneLine(model, MAX_NAME), status, code };
}

/** A caller may name anything, at any length. */
const MAX_NAME = 256;

const shown = (name = ""): string => `'${oneLine(name, MAX_NAME)}'`;
