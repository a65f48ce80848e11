import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

const DROPPED: Adjustment = {
  param: "metadata",
  action: "dropped",
  reason: "AWS keeps no metadata of requests where this model is served.",
};

/** What a request is to be found by in AWS's logs, where there are any. */
export function requestMetadata(conversation: Conversation, traits: Traits): Fitted {
  const { requestMetadata: given, ...rest } = conversation;
  if (!given || traits.requestMetadata) return unchanged(conversation);
  return { conversation: rest, adjustments: [DROPPED] };
}
