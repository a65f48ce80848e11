import type { ContentBlock, Conversation, Message } from "./types.ts";

/**
 * A conversation with other content in its messages. What stays as it is stays the same object: a history is long, most passes
 * find nothing to do in it, and copies of it are most of what a request leaves to the garbage collector.
 */
export function mapContent(
  conversation: Conversation,
  change: (content: ContentBlock[], message: Message) => ContentBlock[],
): Conversation {
  const messages = mapped(conversation.messages, (message) => {
    const content = change(message.content, message);
    return content === message.content ? message : { ...message, content };
  });
  return messages === conversation.messages ? conversation : { ...conversation, messages };
}

/** The same list where every item stays the same. */
export function mapped<Item>(items: Item[], change: (item: Item) => Item): Item[] {
  let changed: Item[] | undefined;
  for (const [index, item] of items.entries()) {
    const other = change(item);
    if (other !== item) changed ??= [...items];
    if (changed) changed[index] = other;
  }
  return changed ?? items;
}

/** The same list where every item passes; each is asked once, in order. */
export function kept<Item>(items: Item[], passes: (item: Item) => boolean): Item[] {
  const passing = items.filter(passes);
  return passing.length === items.length ? items : passing;
}
