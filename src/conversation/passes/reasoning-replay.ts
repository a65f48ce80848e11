import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import { kept, mapContent } from "../map-content.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, ReasoningContent } from "../types.ts";

const DROPPED: Adjustment = {
  param: "messages",
  action: "dropped",
  reason: "Earlier reasoning that this model does not take back is not sent.",
};

/** What each kind of model takes back of its earlier reasoning. */
const TAKES: Readonly<Record<Traits["reasoningReplay"], (reasoning: ReasoningContent) => boolean>> = {
  signed: ({ reasoningText, redactedContent }) => Boolean(reasoningText?.signature || redactedContent),
  encrypted: ({ redactedContent }) => Boolean(redactedContent),
  none: () => false,
};

/** Reasoning in a history: unchanged where the model wants it back, away where it refuses it. */
export function reasoningReplay(conversation: Conversation, { reasoningReplay: replay }: Traits): Fitted {
  let dropped = false;
  const taken = ({ reasoningContent }: ContentBlock): boolean => {
    const takes = !reasoningContent || TAKES[replay](reasoningContent);
    dropped ||= !takes;
    return takes;
  };
  const fitted = mapContent(conversation, (content) => kept(content, taken));
  return { conversation: fitted, adjustments: dropped ? [DROPPED] : [] };
}
