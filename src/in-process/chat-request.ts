/**
 * The body of a `POST /chat/completions` as an object: OpenAI's parameters and Bedrock's. What JSON leaves out is not
 * given: members that are undefined, and functions.
 */
export interface ChatCompletionRequest {
  model: string;
  messages: readonly object[];
  [parameter: string]: unknown;
}

/** The same of whatever type, so that OpenAI's own parameters are taken as they are. */
export type Asked = Pick<ChatCompletionRequest, "model" | "messages">;
