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

/** More than is parsed with the rest of a body. */
const LARGE = 48 * 1024;

/** What says that it is an image, and is none that a model could see. */
export const BROKEN_IMAGES: [why: string, url: string][] = [
  ["no base64", "data:image/png;base64,@@@@"],
  ["empty", "data:image/png;base64,"],
  ["no image", "data:image/png;base64,AAAA"],
  ["no image, and large", `data:image/png;base64,${"A".repeat(LARGE)}`],
  ["large, and cut off", `data:image/png;base64,iVBORw0KGgo${"A".repeat(LARGE)}AA`],
  ["an image of another kind", "data:image/svg+xml,%3Csvg%2F%3E"],
];

export const SOUND_IMAGES: string[] = [
  "data:image/png;base64,iVBORw0KGgo=",
  "data:image/png;base64,iVBORw\n0KGgo",
  `data:image/jpeg;base64,/9j/${"A".repeat(LARGE)}`,
];

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
