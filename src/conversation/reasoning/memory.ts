import { joinReasoning } from "./join.ts";
import type { ContentBlock, Conversation, ConverseStreamEvent, Message } from "../types.ts";

/** Bounds on what is kept for all conversations together. */
const MAX_TURNS = 2_000;
const MAX_CHARS = 16 * 1024 * 1024;

/**
 * The signed reasoning of recent turns that called tools. Claude wants it back before the results, and OpenAI's protocol
 * has no place for it: clients that drop what they do not know would otherwise lose it.
 */
export interface ReasoningMemory {
  /** Puts remembered reasoning back before the calls it led to, where the history lacks it. */
  recall(conversation: Conversation, modelId: string): Conversation;
  /** Remembers the reasoning of an answer that calls tools. */
  keep(content: readonly ContentBlock[], modelId: string): void;
  /** The same for a stream: a function that is shown every event. */
  listen(modelId: string): (event: ConverseStreamEvent) => void;
}

export function createReasoningMemory(): ReasoningMemory {
  const turns = new Map<string, { blocks: ContentBlock[]; chars: number }>();
  let total = 0;

  const forget = (key: string): void => {
    total -= turns.get(key)?.chars ?? 0;
    turns.delete(key);
  };

  const keep: ReasoningMemory["keep"] = (content, modelId) => {
    const blocks = content.filter(isSigned);
    const call = content.find((block) => block.toolUse)?.toolUse;
    if (blocks.length === 0 || !call || !standsFirst(blocks, content)) return;
    const key = keyOf(modelId, call.toolUseId);
    const chars = JSON.stringify(blocks).length;
    if (chars > MAX_CHARS) return;
    forget(key);
    turns.set(key, { blocks, chars });
    total += chars;
    while (turns.size > MAX_TURNS || total > MAX_CHARS) forget(turns.keys().next().value!);
  };

  const recalled = (message: Message, modelId: string): Message => {
    const call = message.content.find((block) => block.toolUse)?.toolUse;
    if (message.role !== "assistant" || !call || message.content.some(isSigned)) return message;
    const found = turns.get(keyOf(modelId, call.toolUseId));
    return found ? { ...message, content: [...found.blocks, ...message.content.filter(isSaid)] } : message;
  };

  return {
    recall: (conversation, modelId) =>
      turns.size === 0
        ? conversation
        : {
            ...conversation,
            messages: conversation.messages.map((message) => recalled(message, modelId)),
          },
    keep,
    listen(modelId) {
      const content = new Map<number, ContentBlock>();
      return (event) => {
        collect(content, event);
        if (event.messageStop) keep(inOrder(content), modelId);
      };
    },
  };
}

/** What was thought between words has no place that a client's message would tell. */
const standsFirst = (blocks: readonly ContentBlock[], content: readonly ContentBlock[]): boolean =>
  blocks.every((block, index) => content[index] === block);

/** A signature is the model's own, and so is the id: neither can be guessed. */
const keyOf = (modelId: string, toolUseId: string): string => `${modelId} ${toolUseId}`;

const isSigned = ({ reasoningContent: reasoning }: ContentBlock): boolean =>
  Boolean(reasoning?.reasoningText?.signature || reasoning?.redactedContent);

const isSaid = ({ reasoningContent }: ContentBlock): boolean => reasoningContent === undefined;

const inOrder = (content: ReadonlyMap<number, ContentBlock>): ContentBlock[] =>
  [...content].toSorted(([one], [other]) => one - other).map(([, block]) => block);

/** Adds what an event brings to what is remembered: reasoning, where text stood, and the ids of calls. */
function collect(content: Map<number, ContentBlock>, event: ConverseStreamEvent): void {
  const { contentBlockStart: start, contentBlockDelta: delta } = event;
  if (start?.start?.toolUse) {
    content.set(start.contentBlockIndex, { toolUse: { ...start.start.toolUse, input: {} } });
  }
  if (delta?.delta.text !== undefined && !content.has(delta.contentBlockIndex))
    content.set(delta.contentBlockIndex, { text: "" });
  const part = delta?.delta.reasoningContent;
  if (!delta || !part) return;
  const before = content.get(delta.contentBlockIndex)?.reasoningContent;
  content.set(delta.contentBlockIndex, { reasoningContent: joinReasoning(before, part) });
}
