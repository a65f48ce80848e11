import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import { ChatBedrockOpenAI } from "../../../integrations/langchain.ts";
import type { ChatBedrockOpenAIFields } from "../../../integrations/langchain/fields.ts";
import { CLAUDE, type House } from "../../support/bedrock.ts";
import { drained } from "../../support/clients.ts";

export const chat = (house: House, fields: Partial<ChatBedrockOpenAIFields> = {}): ChatBedrockOpenAI =>
  new ChatBedrockOpenAI({ model: CLAUDE, handler: house.handler, ...fields });

interface Asks {
  invoke(messages: BaseMessage[]): Promise<AIMessageChunk>;
  stream(messages: BaseMessage[]): Promise<AsyncIterable<AIMessageChunk>>;
}

export const folded = async (stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> =>
  (await drained(stream)).reduce((whole, chunk) => whole.concat(chunk));

/** An answer, asked for whole or folded from its chunks. */
export const WAYS: [string, (model: Asks, messages: BaseMessage[]) => Promise<AIMessageChunk>][] = [
  ["invoke()", (model, messages) => model.invoke(messages)],
  ["stream()", async (model, messages) => folded(await model.stream(messages))],
];
