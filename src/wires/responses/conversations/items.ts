import type { CallContext } from "../../../context.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import { refuseOverlong } from "./append.ts";
import { conversationNotFound, conversationsOf, found, itemsOf } from "./stored-conversation.ts";

/**
 * All that was said in a conversation, oldest first, every item with an id.
 * @throws BedrockOpenAIError 404 where the caller has no such conversation; 400 where it is more than a request may be; 503.
 */
export async function conversationItems(context: CallContext, id: string): Promise<readonly InputItem[]> {
  if (!context.store) throw conversationNotFound(id);
  const conversations = await conversationsOf(context);
  const head = await found(conversations, id);
  refuseOverlong(head, context);
  return itemsOf(conversations, head, head.batches);
}
