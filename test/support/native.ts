import type { BedrockOpenAIHandler } from "../../src/index.ts";
import type { House } from "./bedrock.ts";
import { chatRequest } from "./requests.ts";

export const GPT = "us.openai.gpt-6-sol";
export const GPT_OSS = "openai.gpt-oss-120b-1:0";
export const ONLY_MANTLE = "openai.gpt-5.5";

export const weather = {
  type: "function" as const,
  function: {
    name: "get_weather",
    description: "The weather of a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

/** What is asked of a house, and what its AWS got. */
export const asking = (houseOf: () => House) => ({
  operations: (): string[] => houseOf().bedrock.requests.map(({ operation }) => operation),
  sent: (): Record<string, unknown> => houseOf().bedrock.requests.at(-1)!.body as Record<string, unknown>,
  asked: async (body: object, handler: BedrockOpenAIHandler = houseOf().handler): Promise<Response> =>
    handler(chatRequest(body as Record<string, unknown>)),
  explained: async (body: object, handler: BedrockOpenAIHandler = houseOf().handler) => {
    const headers = { "x-bedrock-explain": "1" };
    const response = await handler(chatRequest(body as Record<string, unknown>, { headers }));
    return (await response.json()) as {
      target: { surface: string };
      request: { path: string; body: Record<string, unknown> };
    };
  },
});
