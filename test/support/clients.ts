import { createBedrockFetch } from "../../integrations/openai.ts";
import type { ContentBlock, Conversation } from "../../src/conversation/types.ts";
import type { AnswerReply } from "../../src/testing/index.ts";
import { eventually, type House } from "./bedrock.ts";

/** What every client is given, whatever it calls it. */
export const accessTo = (
  house: House,
): { baseURL: string; apiKey: string; fetch: typeof globalThis.fetch } => ({
  baseURL: "http://bedrock/v1",
  apiKey: "bedrock",
  fetch: createBedrockFetch(house.handler),
});

/** One pixel, and one line of a file; both in base64. */
export const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
export const PDF = Buffer.from("%PDF-1.4\n%%EOF\n").toString("base64");

/** A name that OpenAI's clients send and Bedrock refuses: its dots and its length. */
export const REFUSED_NAME = `weather.service.${"of_any_city_".repeat(6)}v2`;

/** Words first, so that Bedrock counts its tool blocks from 1; then two calls, the second without arguments. */
export const TWO_CALLS: AnswerReply = {
  content: [
    { text: "Let me look." },
    { toolUse: { toolUseId: "tooluse_a", name: "get_weather", input: { city: "Oslo" } } },
    { toolUse: { toolUseId: "tooluse_b", name: "get_time", input: {} } },
  ],
};

export const REASONED: AnswerReply = {
  content: [
    { reasoningContent: { reasoningText: { text: "Two and two, let me see.", signature: "c2lnbmVk" } } },
    { text: "Four." },
  ],
};

/** Slow enough that nobody has read it to the end by accident. */
export const SLOW: AnswerReply = { content: [{ text: "word ".repeat(2_000) }], delayMs: 5 };

/** Two words of six arrive, then AWS gives up. */
export const BREAKING: AnswerReply = {
  content: [{ text: "one two three four five six" }],
  fault: { kind: "exception", afterEvents: 3, type: "modelStreamErrorException", message: "oops" },
};

export const THROTTLED = { error: { name: "ThrottlingException", message: "slow down" } };
export const INVALID = { error: { name: "ValidationException", message: "The model is not amused." } };

/** An answer whose only word is a JSON object, as a model writes it that was asked to. */
export const SAYS = (value: unknown): AnswerReply => ({ content: [{ text: JSON.stringify(value) }] });

/** A call as AWS got it; the last one unless told otherwise. */
export const sent = (house: House, at = -1): Conversation =>
  house.bedrock.requests.at(at)!.body as Conversation;

/** The blocks of the last turn that AWS got. */
export const lastTurn = (house: House): ContentBlock[] => sent(house).messages.at(-1)!.content;

/** The tool results of the last turn, and nothing but them: id and text. */
export const lastResults = (house: House): unknown[] =>
  lastTurn(house).map(({ toolResult }) => [toolResult?.toolUseId, toolResult?.content[0]?.text]);

export const toolNames = (house: House): string[] =>
  (sent(house).toolConfig?.tools ?? []).flatMap(({ toolSpec }) => (toolSpec ? [toolSpec.name] : []));

/** Bedrock saw its caller leave before the answer was complete, and nobody called that a failure. */
export async function callerLeft(house: House): Promise<void> {
  await eventually(() => house.bedrock.requests.at(-1)?.aborted === true);
  if (house.logged.length > 0) throw new Error(`logged: ${house.logged.join("; ")}`);
}

/** Reads to the end, whatever that is. */
export async function drained<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
