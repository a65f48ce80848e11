import OpenAI from "openai";
import type { BedrockEmulator } from "../../../../src/testing/index.ts";
import type { Body } from "../support.ts";

export const GPT_5_6 = "us.openai.gpt-5.6-sol";
export const GPT_6 = "us.openai.gpt-6-sol";
export const GPT_OSS = "openai.gpt-oss-120b-1:0";
export const GROK = "us.xai.grok-4.6";
export const KIMI = "us.moonshotai.kimi-k3";
export const GEMMA = "google.gemma-4-31b";
export const QWEN = "qwen.qwen3-32b";

export const CHAT = "/openai/v1/chat/completions";
export const RESPONSES = "/openai/v1/responses";
export const MESSAGES = "/anthropic/v1/messages";

export const user = (content: string) => ({ role: "user" as const, content });
export const hello = { messages: [user("hello")] };

/** A function that any mention of the weather calls. */
export const WEATHER = {
  name: "get_weather",
  description: "The weather in a city",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
};
export const weatherTool = { type: "function" as const, function: WEATHER };

/** OpenAI's client with an API key, on one of the two base paths. */
export function openAi(
  bedrock: BedrockEmulator,
  base = "/openai/v1",
  fetch?: typeof globalThis.fetch,
): OpenAI {
  return new OpenAI({
    apiKey: "bedrock-api-key",
    baseURL: bedrock.url + base,
    maxRetries: 0,
    ...(fetch && { fetch }),
  });
}

/** Headers of a request that is signed for a service, by a key whose signatures nobody verifies. */
export function signedFor(service: string): Record<string, string> {
  const scope = `Credential=AKIASOMEONE/20261121/us-east-1/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
    "x-amz-date": "20261121T000000Z",
  };
}

export interface NativeAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** What the vendor's error says, or "accepted". */
  verdict: string;
  json(): Record<string, never>;
  /** The data of every event. */
  data(): string[];
}

/** A call without a client between. Default: with an API key. */
export async function postNative(
  bedrock: BedrockEmulator,
  path: string,
  body: Body | string,
  headers: Record<string, string> = {},
): Promise<NativeAnswer> {
  const answer = await fetch(bedrock.url + path, {
    method: "POST",
    headers: {
      authorization: "Bearer key",
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  const json = () => JSON.parse(text) as Record<string, never>;
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json,
    verdict: answer.ok ? "accepted" : `${answer.status} ${messageOf(json())}`,
    data: () => text.split("\n").flatMap((line) => (line.startsWith("data: ") ? [line.slice(6)] : [])),
  };
}

function messageOf({ error }: { error?: { message: string } }): string {
  return error?.message ?? "";
}
