/** What the other wires load, and what of chat is kept. */
export {
  deleteStored,
  listStored,
  listStoredMessages,
  retrieveStored,
  updateStored,
} from "../wires/chat/stored/endpoint.ts";
export { completions } from "../wires/completions/endpoint.ts";
export { countMessageTokens } from "../wires/messages/count-tokens.ts";
export { createMessage } from "../wires/messages/endpoint.ts";
export { cancelResponse } from "../wires/responses/background/cancel.ts";
export { compactResponse } from "../wires/responses/compact.ts";
export {
  createConversation,
  deleteConversation,
  retrieveConversation,
  updateConversation,
} from "../wires/responses/conversations/endpoint.ts";
export {
  createItems,
  deleteItem,
  listItems,
  retrieveItem,
} from "../wires/responses/conversations/items-endpoint.ts";
export { createResponse } from "../wires/responses/endpoint.ts";
export { countInputTokens } from "../wires/responses/input-tokens.ts";
export { deleteResponse, listInputItems, retrieveResponse } from "../wires/responses/state/endpoint.ts";
export * from "./chat-otherwise.ts";
