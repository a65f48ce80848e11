import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import { createMessageAnswer } from "./captured-message.ts";
import { count, tokensInMessage } from "./count.ts";
import { toFinishReason } from "./finish-reason.ts";
import type { CallRecord } from "./record.ts";

/** Takes down what an answer in Anthropic's words says of itself. */
export interface MessageEar {
  /** An event of a streamed one; a whole one is its start. */
  event(event: JsonObject): void;
  /** No more is told. */
  end(): void;
}

export function createMessageEar(record: CallRecord): MessageEar {
  let usage: JsonObject = {};
  const captured = record.captured && createMessageAnswer();

  const hear = (said: unknown, counts: unknown): void => {
    if (isObject(counts)) usage = { ...usage, ...counts };
    if (!isObject(said)) return;
    const { id, stop_reason: reason } = said;
    if (typeof id === "string") record.responseId ??= id;
    if (typeof reason === "string") record.finishReasons.push(toFinishReason(reason));
  };

  return {
    event(event) {
      const { type, message, delta } = event;
      captured?.event(event);
      if (type === "message_start" && isObject(message)) hear(message, message["usage"]);
      if (type === "message_delta") hear(delta, event["usage"]);
    },
    end() {
      if (Object.keys(usage).length > 0) count(record, tokensInMessage(usage));
      if (captured) record.captured?.chat([captured.choice()]);
    },
  };
}
