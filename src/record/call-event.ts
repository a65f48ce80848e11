import { askedName } from "./asked-name.ts";
import { costOf } from "./cost.ts";
import { outcomeOf } from "./outcome.ts";
import type { AnsweredBy } from "./record.ts";
import type { CallEvent, Price } from "./usage-event.ts";
import type { Watched } from "./watched.ts";

/** All that is known of a call that is over. */
export function toCallEvent(context: Watched, priceOf: (target: AnsweredBy) => Price | undefined): CallEvent {
  const { record, caller, requestId, headers, adjustments } = context;
  const { method, route, operation, asked, answeredBy, failedOver, stream, tokens, serviceTier } = record;
  const price = tokens && answeredBy && priceOf(answeredBy);
  return {
    requestId,
    awsRequestId: headers["x-amzn-requestid"],
    method,
    route,
    operation,
    asked: askedName(asked),
    target: answeredBy,
    failedOver,
    caller: caller.id,
    stream,
    ...outcomeOf(context),
    tokens,
    serviceTier,
    cost: price && tokens && costOf(tokens, price, serviceTier),
    duration: performance.now() - record.started,
    firstToken: record.firstTokenAt === undefined ? undefined : record.firstTokenAt - record.started,
    adjustments: [...adjustments],
  };
}
