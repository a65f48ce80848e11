import { type Fitted, unchanged } from "../fitting.ts";
import { isThinking } from "../reasoning/request.ts";
import type { Conversation } from "../types.ts";

/** Claude's own count of its thoughts, which Converse has no member for. AWS passes over what a model does not say. */
const COUNT = "/usage/output_tokens_details";

const MAX_PATHS = 10;

/** Asks how many tokens were thought, since OpenAI's usage tells. */
export function thinkingUsage(conversation: Conversation): Fitted {
  const paths = conversation.additionalModelResponseFieldPaths ?? [];
  if (!isThinking(conversation) || paths.includes(COUNT) || paths.length >= MAX_PATHS)
    return unchanged(conversation);
  return unchanged({ ...conversation, additionalModelResponseFieldPaths: [...paths, COUNT] });
}
