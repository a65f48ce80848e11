import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";
import { generateText, streamText } from "ai";
import type { Question } from "../questions/question.ts";
import { access, MAX_TOKENS, MODEL, TEMPERATURE } from "../systems/access.ts";
import type { System } from "../systems/systems.ts";

function modelOf(endpoint: string) {
  const { region, credentials } = access(endpoint);
  return createAmazonBedrock({ region, ...credentials, baseURL: endpoint })(MODEL);
}

const textsOf = (question: Question): { system: string; user: string } => {
  const [system, user] = question.openai().messages.map(({ content }) => content as string);
  return { system: system!, user: user! };
};

const SETTINGS = { maxOutputTokens: MAX_TOKENS, temperature: TEMPERATURE };

/** The provider alone, without what `ai` does around it. */
function provider(endpoint: string): System {
  const model = modelOf(endpoint);
  const call = (question: Question) => {
    const { system, user } = textsOf(question);
    const prompt = [
      { role: "system" as const, content: system },
      { role: "user" as const, content: [{ type: "text" as const, text: user }] },
    ];
    return { prompt, ...SETTINGS };
  };
  return {
    stream(question) {
      const asked = call(question);
      return async (told) => {
        const { stream } = await model.doStream(asked);
        let deltas = 0;
        for await (const part of stream) {
          if (part.type !== "text-delta") continue;
          if (deltas === 0) told?.();
          deltas += 1;
        }
        return deltas;
      };
    },
    chat(question) {
      const asked = call(question);
      return async () => {
        const { content } = await model.doGenerate(asked);
        if (content.length === 0) throw new Error("The answer is empty.");
        return 1;
      };
    },
  };
}

/** What its users call. */
function text(endpoint: string): System {
  const model = modelOf(endpoint);
  const call = (question: Question) => {
    const { system, user } = textsOf(question);
    return { model, instructions: system, prompt: user, maxRetries: 0, ...SETTINGS };
  };
  return {
    stream: (question) => async (told) => {
      let deltas = 0;
      for await (const delta of streamText(call(question)).textStream) {
        if (!delta) continue;
        if (deltas === 0) told?.();
        deltas += 1;
      }
      return deltas;
    },
    chat: (question) => async () => {
      const { text } = await generateText(call(question));
      if (!text) throw new Error("The answer is empty.");
      return 1;
    },
  };
}

export const PEERS = { provider, text };
