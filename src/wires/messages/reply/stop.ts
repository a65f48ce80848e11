import type { Message, MessageStopReason } from "../../../anthropic/response.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { StopReason } from "../../../conversation/types.ts";
import { type Finish, toFinish } from "../../reply/finish.ts";
import type { MessageForm } from "./form.ts";

export type Stop = Pick<Message, "stop_reason" | "stop_sequence" | "stop_details">;

const REASONS: Readonly<Record<Finish, MessageStopReason>> = {
  stop: "end_turn",
  length: "max_tokens",
  tool_calls: "tool_use",
  content_filter: "refusal",
};

/** What has the same name on both sides. */
const SAME: ReadonlySet<string> = new Set([
  "stop_sequence",
  "model_context_window_exceeded",
  "pause_turn",
  "refusal",
]);

/**
 * Why an answer ended, in Anthropic's words. Agent loops go on only at `tool_use`, so a plain end beside a call says that.
 * @param fields `additionalModelResponseFields`.
 * @throws BedrockOpenAIError 502 when the model's output was unusable.
 */
export function toStop(
  stopReason: StopReason,
  callsTools: boolean,
  fields: unknown,
  form: MessageForm,
): Stop {
  const known = REASONS[toFinish(stopReason)];
  const said = SAME.has(stopReason) ? (stopReason as MessageStopReason) : known;
  const reason = callsTools && said === "end_turn" ? "tool_use" : said;
  return {
    stop_reason: reason,
    stop_sequence: reason === "stop_sequence" ? stoppedAt(fields, form) : null,
    stop_details: reason === "refusal" ? { type: "refusal", category: null, explanation: null } : null,
  };
}

/** Claude says which it was, of a stream within its `delta`; of one there is no question. */
function stoppedAt(fields: unknown, { stops }: MessageForm): string | null {
  const told = isObject(fields)
    ? [fields, fields["delta"]].filter(isObject).map((each) => each["stop_sequence"])
    : [];
  return told.find((each) => typeof each === "string") ?? (stops.length === 1 ? stops[0]! : null);
}
