/** What a chat loads that AWS answers in OpenAI's own words, or that is to be kept. */
export { passThrough } from "../wires/chat/native/pass-through.ts";
export { keeping } from "../wires/chat/stored/keeping.ts";
export * from "./chat.ts";
