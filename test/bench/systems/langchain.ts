import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { ChatBedrockOpenAI } from "../../../dist/langchain.js";
import { access, MAX_TOKENS, MODEL, TEMPERATURE } from "./access.ts";
import type { System } from "./systems.ts";

export const createChatBedrockOpenAI = (endpoint: string): System =>
  createLangChainSystem(
    new ChatBedrockOpenAI({
      ...access(endpoint),
      model: MODEL,
      temperature: TEMPERATURE,
      maxTokens: MAX_TOKENS,
    }),
  );

/** Any chat model of LangChain's, asked as its users do; with questions that are text alone. */
export function createLangChainSystem(model: Pick<BaseChatModel, "stream" | "invoke">): System {
  const messagesOf = (question: Parameters<System["chat"]>[0]): [string, string][] =>
    question.openai().messages.map(({ role, content }) => [role, content as string]);
  return {
    stream(question) {
      const messages = messagesOf(question);
      return async (told) => {
        let deltas = 0;
        for await (const { text } of await model.stream(messages)) {
          if (!text) continue;
          if (deltas === 0) told?.();
          deltas += 1;
        }
        return deltas;
      };
    },
    chat(question) {
      const messages = messagesOf(question);
      return async () => {
        const { text } = await model.invoke(messages);
        if (!text) throw new Error("The answer is empty.");
        return 1;
      };
    },
  };
}
