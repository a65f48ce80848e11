import { createBedrockFetch } from "../../integrations/openai.ts";
import { type ClientClass, readingText } from "../../integrations/openai/reading-text.ts";
import { eventStreamResponse } from "../../src/http/sse.ts";
import type { BedrockOpenAIHandler } from "../../src/index.ts";

/** A handler whose streams say these pieces, and by whom they were left. */
export function saying(pieces: Iterable<string>): { handler: BedrockOpenAIHandler; left: unknown[] } {
  const left: unknown[] = [];
  async function* frames(): AsyncGenerator<string, void, undefined> {
    yield* pieces;
  }
  const handler = async (): Promise<Response> =>
    eventStreamResponse(frames(), (reason) => void left.push(reason));
  return { handler: handler as BedrockOpenAIHandler, left };
}

export interface Heard {
  items: unknown[];
  failure: unknown;
  aborted: boolean;
}

/** What a client of the class hears of a handler's stream. */
export async function heard(OpenAI: ClientClass, handler: BedrockOpenAIHandler): Promise<Heard> {
  const client = new OpenAI({ ...ACCESS, fetch: createBedrockFetch(handler) });
  const stream = await client.chat.completions.create({ model: "any", messages: [], stream: true });
  const items: unknown[] = [];
  const told = (failure?: unknown): Heard => ({
    items,
    failure: failure instanceof Error ? [failure.constructor.name, failure.message, { ...failure }] : failure,
    aborted: stream.controller.signal.aborted,
  });
  try {
    for await (const item of stream) items.push(item);
    return told();
  } catch (failure) {
    return told(failure);
  }
}

/** The same by the client's own reading, and by ours. */
export const heardBothWays = async (
  OpenAI: ClientClass,
  pieces: readonly string[],
): Promise<[Heard, Heard]> => [
  await heard(OpenAI, saying(pieces).handler),
  await heard(readingText(OpenAI), saying(pieces).handler),
];

const ACCESS = { baseURL: "http://bedrock/v1", apiKey: "bedrock", maxRetries: 0, logLevel: "off" as const };
