import type { ConverseCommandInput } from "@aws-sdk/client-bedrock-runtime";
import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";

/** One request, as the two kinds of caller write it. Both are made only where they are asked. */
export interface Question {
  openai(): ChatCompletionCreateParamsNonStreaming;
  /** Called once; what it returns is called for every request, and is that caller's cost. */
  converse(): () => ConverseCommandInput;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };
