/** What a chat loads, and nothing else: most processes never ask for more. */
export { countChatTokens } from "../wires/chat/count-tokens.ts";
export { chatCompletions } from "../wires/chat/endpoint.ts";
export { completeInProcess, streamInProcess } from "../wires/chat/in-process.ts";
export * from "../first-call.ts";
