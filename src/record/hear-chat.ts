import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import { count, tokensInChat } from "./count.ts";
import { toFinishReason } from "./finish-reason.ts";
import type { CallRecord } from "./record.ts";

/** Takes down what an answer of AWS's own chat endpoint says of itself, a whole one. */
export function hearChat(record: CallRecord, answer: JsonObject): void {
  hearUsage(record, answer["usage"]);
  hearChoices(record, answer);
}

export function hearUsage(record: CallRecord, usage: unknown): void {
  if (isObject(usage)) count(record, tokensInChat(usage));
}

/** What says how an answer ended; nearly no chunk does. A quote within a text is escaped. */
const ENDS = /"finish_reason":\s*"/;

/** The same of a streamed one: what is to be told of its chunks, in their order. They are read again only where they must be. */
export function hearingChat(record: CallRecord): (chunks: readonly string[]) => void {
  return (chunks) => {
    for (const chunk of chunks) {
      if (!record.captured && !ENDS.test(chunk)) continue;
      const read = parsed(chunk);
      if (read) hearChoices(record, read);
    }
  };
}

function hearChoices(record: CallRecord, { id, choices, service_tier: tier }: JsonObject): void {
  if (typeof id === "string" && id !== "") record.responseId ??= id;
  if (typeof tier === "string") record.serviceTier ??= tier;
  for (const choice of Array.isArray(choices) ? choices.filter(isObject) : []) {
    const reason = choice["finish_reason"];
    if (typeof reason === "string") record.finishReasons.push(toFinishReason(reason));
  }
  record.captured?.chat(choices);
}

/** What is no JSON breaks the answer off elsewhere. */
function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
