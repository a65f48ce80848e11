import OpenAI from "openai";
import { createBedrockFetch, createBedrockOpenAI } from "../../../dist/openai.js";
import { DIMENSIONS } from "../questions/embeddings.ts";
import { access } from "./access.ts";
import type { System } from "./systems.ts";

export const createOpenAISystem = (endpoint: string): System =>
  systemOf(createBedrockOpenAI(OpenAI, access(endpoint), { maxRetries: 0 }));

export function createOpenAIOverFetch(endpoint: string): System {
  const fetch = createBedrockFetch(access(endpoint));
  return systemOf(new OpenAI({ apiKey: "bedrock", baseURL: "http://bedrock/v1", fetch, maxRetries: 0 }));
}

function systemOf(client: OpenAI): System {
  return {
    stream(question) {
      const request = { ...question.openai(), stream: true as const };
      return async (told) => {
        const stream = await client.chat.completions.create(request);
        let deltas = 0;
        for await (const chunk of stream) {
          if (!chunk.choices[0]?.delta.content) continue;
          if (deltas === 0) told?.();
          deltas += 1;
        }
        return deltas;
      };
    },
    chat(question) {
      const request = question.openai();
      return async () => {
        const { choices } = await client.chat.completions.create(request);
        if (!choices[0]?.message.content) throw new Error("The answer is empty.");
        return 1;
      };
    },
    embed({ model, texts }) {
      return async () => {
        const { data } = await client.embeddings.create({ model, input: [...texts] });
        return data.filter(({ embedding }) => embedding.length === DIMENSIONS).length;
      };
    },
  };
}
