import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, GuardContent, ToolResultBlock } from "../types.ts";

const BROKEN_UP: Adjustment = {
  param: "messages",
  action: "renamed",
  reason: "What marks turns in this model's prompt is broken up by a space where it stands in a text.",
};

/** Where a conversation is written as one text, nobody's words may look like the beginning of a turn. */
export function controlTokens(conversation: Conversation, { controlTokens: tokens }: Traits): Fitted {
  if (tokens.length === 0) return unchanged(conversation);
  let found = false;
  const plain = (text: string): string => {
    const broken = tokens.reduce((said, token) => said.replaceAll(token, breakUp), text);
    found ||= broken !== text;
    return broken;
  };
  const inText = <T extends TextBlock>(block: T): T => {
    if (block.text !== undefined) return { ...block, text: plain(block.text) };
    const guarded = block.guardContent?.text;
    return guarded ? { ...block, guardContent: { text: { ...guarded, text: plain(guarded.text) } } } : block;
  };
  const inBlock = (block: ContentBlock): ContentBlock =>
    block.toolResult
      ? {
          toolResult: { ...block.toolResult, content: block.toolResult.content.map(inText<ToolResultBlock>) },
        }
      : inText(block);
  const { system, ...rest } = conversation;
  const told: Conversation = {
    ...rest,
    messages: rest.messages.map(({ role, content }) => ({ role, content: content.map(inBlock) })),
    ...(system && { system: system.map(inText) }),
  };
  return found ? { conversation: told, adjustments: [BROKEN_UP] } : unchanged(conversation);
}

interface TextBlock {
  text?: string;
  guardContent?: GuardContent;
}

const breakUp = (token: string): string => `${token[0]} ${token.slice(1)}`;
