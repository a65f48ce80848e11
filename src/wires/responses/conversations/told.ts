import type { Conversation } from "../../../openai/responses/conversation.ts";
import type { StoredConversation } from "./stored-conversation.ts";

/** A conversation without its items. */
export const toldConversation = ({ id, created_at, metadata }: StoredConversation): Conversation => ({
  id,
  object: "conversation",
  created_at,
  metadata,
});
