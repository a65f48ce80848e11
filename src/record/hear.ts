import { thinkingTokens } from "../conversation/thinking-tokens.ts";
import type { ConverseResponse, ConverseStreamEvent } from "../conversation/types.ts";
import { count, tokensIn } from "./count.ts";
import { toFinishReason } from "./finish-reason.ts";
import type { CallRecord } from "./record.ts";

/** Takes down what a whole answer says of itself. */
export function hear(record: CallRecord, response: ConverseResponse): void {
  const { usage, additionalModelResponseFields: fields, stopReason, serviceTier } = response;
  // Servers of the operator's own may leave it out.
  if (usage as ConverseResponse["usage"] | undefined) count(record, tokensIn(usage, fields));
  record.finishReasons.push(toFinishReason(stopReason));
  record.serviceTier ??= serviceTier?.type;
  record.captured?.whole(response);
}

/** The same of a streamed answer: what is to be told of its events, in their order. */
export function hearing(record: CallRecord): (event: ConverseStreamEvent) => void {
  const captures = record.captured?.streamed();
  return (event) => {
    captures?.(event);
    if (event.contentBlockDelta || event.contentBlockStart) {
      record.firstTokenAt ??= performance.now();
      return;
    }
    if (event.messageStop) hearEnd(record, event.messageStop);
    if (event.metadata) hearMetadata(record, event.metadata);
  };
}

type Part<Name extends keyof ConverseStreamEvent> = NonNullable<ConverseStreamEvent[Name]>;

function hearEnd(
  record: CallRecord,
  { stopReason, additionalModelResponseFields: fields }: Part<"messageStop">,
): void {
  record.finishReasons.push(toFinishReason(stopReason));
  const reasoning = thinkingTokens(fields);
  if (reasoning !== undefined) count(record, { reasoning });
}

function hearMetadata(record: CallRecord, { usage, serviceTier }: Part<"metadata">): void {
  if (usage) count(record, tokensIn(usage));
  record.serviceTier ??= serviceTier?.type;
}
