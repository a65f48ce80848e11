import type { Adjustment } from "../../adjustments.ts";
import { isThinking } from "../reasoning/request.ts";
import type { Traits } from "../traits.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Conversation, ToolChoice } from "../types.ts";

/** From the most to the least binding. */
const KINDS = ["tool", "any", "auto"] as const;

/** Weakens a tool choice to the strongest the model accepts; Claude while it thinks accepts none that forces it. */
export function toolChoice(conversation: Conversation, traits: Traits): Fitted {
  const { toolConfig } = conversation;
  const accepted = isThinking(conversation) ? ["auto"] : traits.toolChoice;
  const wanted = KINDS.find((kind) => toolConfig?.toolChoice?.[kind]);
  if (!toolConfig || !wanted || accepted.includes(wanted)) return unchanged(conversation);

  const weaker = KINDS.slice(KINDS.indexOf(wanted) + 1).find((kind) => accepted.includes(kind));
  const { toolChoice: choice, ...rest } = toolConfig;
  const replacement: ToolChoice | undefined = weaker && { [weaker]: {} };
  const weakened = {
    ...conversation,
    toolConfig: { ...rest, ...(replacement && { toolChoice: replacement }) },
  };
  // Leaving out `auto` loses nothing: it is what a model does without a choice. Nor does any tool of one.
  const offered = toolConfig.tools.filter((tool) => !tool.cachePoint);
  if (wanted === "auto" || (weaker === "any" && offered.length === 1)) return unchanged(weakened);
  return { conversation: asked(weakened, choice?.tool?.name), adjustments: [ASKED] };
}

/** Said in the last turn, so that all before it stays as it was: prompt caches and signed reasoning depend on that. */
function asked(conversation: Conversation, name: string | undefined): Conversation {
  const last = conversation.messages.at(-1);
  if (last?.role !== "user") return conversation;
  const turn = { ...last, content: [...last.content, { text: instruction(name) }] };
  return { ...conversation, messages: [...conversation.messages.slice(0, -1), turn] };
}

const ASKED: Adjustment = {
  param: "tool_choice",
  action: "emulated",
  reason: "This request cannot force a tool on this model; the model is told to call it.",
};

const instruction = (name: string | undefined): string =>
  name === undefined ? "Answer by calling a tool." : `Answer by calling the tool '${name}'.`;
