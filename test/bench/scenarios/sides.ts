import type { Side } from "../measure/side.ts";

/** What most ratios are to: the raw SDK at its best, which iterates what comes and translates nothing. */
export const B1: Side = { name: "b1", label: "raw SDK, keep-alive HTTP/1.1 (B1)", system: "b1" };
export const B0: Side = {
  name: "b0",
  label: "raw SDK, its defaults, HTTP/2 (B0)",
  system: "b0",
  protocol: "h2",
};
export const RELAY: Side = { name: "relay", label: "bytes read and thrown away", system: "relay" };

export const OURS: Side = { name: "ours", label: "bedrock-openai handler", system: "handler" };
export const FETCH: Side = {
  name: "fetch",
  label: "bedrock-openai, called by createBedrockFetch",
  system: "handler-fetch",
};
export const PIECES: Side = {
  name: "pieces",
  label: "bedrock-openai handler, body from a socket",
  system: "handler-pieces",
};
export const STACK: Side = {
  name: "stack",
  label: "bedrock-openai handler, by the SDK's whole stack",
  system: "handler-stack",
};
export const STACK_ALONE: Side = {
  name: "stack-alone",
  label: "the SDK's whole stack alone, its answer unread",
  system: "stack-alone",
};
export const H2: Side = {
  name: "h2",
  label: "bedrock-openai handler, http2: true",
  system: "handler-h2",
  protocol: "h2",
};
export const RESPONSES: Side = {
  name: "responses",
  label: "bedrock-openai handler, Responses, kept",
  system: "handler-responses",
};
export const MESSAGES: Side = {
  name: "messages",
  label: "bedrock-openai handler, Anthropic's Messages",
  system: "handler-messages",
};
export const OPENAI: Side = {
  name: "openai",
  label: "openai client of createBedrockOpenAI",
  system: "openai",
};
export const OPENAI_FETCH: Side = {
  name: "openai-fetch",
  label: "openai client over createBedrockFetch",
  system: "openai-fetch",
};
export const OPENAI_ALONE: Side = {
  name: "openai-alone",
  label: "openai client alone, over chunks made before",
  system: "openai-alone",
};
export const LANGCHAIN: Side = { name: "langchain", label: "ChatBedrockOpenAI", system: "langchain" };
export const CHAT_OPENAI: Side = {
  name: "chat-openai",
  label: "ChatOpenAI over createBedrockFetch",
  system: "chat-openai",
};

/** LangChain's own way to Bedrock: as it comes, and with B1's connections. */
export const CONVERSE: Side = {
  name: "converse",
  label: "ChatBedrockConverse",
  system: "converse-b0",
  protocol: "h2",
};
export const CONVERSE_B1: Side = {
  name: "converse-b1",
  label: "ChatBedrockConverse on B1's client",
  system: "converse-b1",
};
export const AI_PROVIDER: Side = {
  name: "ai-provider",
  label: "AI SDK, doStream and doGenerate",
  system: "ai-provider",
  since: 22,
};
export const AI_TEXT: Side = {
  name: "ai-text",
  label: "AI SDK, streamText and generateText",
  system: "ai-text",
  since: 22,
};
