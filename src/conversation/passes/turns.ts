import type { Adjustment } from "../../adjustments.ts";
import { invalidRequest } from "../../errors.ts";
import type { Fitted } from "../fitting.ts";
import type { ContentBlock, Conversation, Message } from "../types.ts";

/** Sent where Converse needs a user turn that the caller did not write. */
export const CONTINUE: Message = { role: "user", content: [{ text: "Please continue." }] };

const ADDED: Adjustment = {
  param: "messages",
  action: "added",
  reason: "Bedrock conversations start with a user turn; 'Please continue.' was put first.",
};

/**
 * Converse wants turns that alternate and start with the user. Neighbours of one role become one turn, in order,
 * with reasoning and tool results first; empty turns vanish. System turns stand between them.
 * @throws BedrockOpenAIError 400 when nothing is left to answer.
 */
export function turns(conversation: Conversation): Fitted {
  const messages = alternating(conversation.messages);
  if (messages.length === 0 && !conversation.system?.length) {
    throw invalidRequest("Invalid 'messages': every message is empty, so there is nothing to answer.", {
      param: "messages",
    });
  }
  if (messages[0]?.role === "user") return { conversation: { ...conversation, messages }, adjustments: [] };
  return { conversation: { ...conversation, messages: [CONTINUE, ...messages] }, adjustments: [ADDED] };
}

function alternating(messages: readonly Message[]): Message[] {
  const runs: Message[] = [];
  for (const { role, content } of messages) {
    if (content.every((block) => block.cachePoint)) continue;
    const run = runs.at(-1);
    if (run?.role === role) for (const block of content) run.content.push(block);
    else runs.push({ role, content: [...content] });
  }
  return runs.map(({ role, content }) => ({ role, content: inOrder(content) }));
}

/**
 * Claude reads nothing before the results it waits for, and a turn that it thought in begins with a thought; what it
 * thought between its words stays between them.
 */
function inOrder(content: ContentBlock[]): ContentBlock[] {
  const leads = content[0]?.reasoningContent
    ? (block: ContentBlock): boolean => Boolean(block.toolResult)
    : (block: ContentBlock): boolean => Boolean(block.reasoningContent ?? block.toolResult);
  const first = content.filter(leads);
  return first.length === 0 ? content : [...first, ...content.filter((block) => !leads(block))];
}
