export { ChatBedrockOpenAI } from "./langchain/chat.ts";
export { BedrockOpenAIEmbeddings } from "./langchain/embeddings.ts";
export type {
  BedrockOpenAIEmbeddingsFields,
  ChatBedrockOpenAICallOptions,
  ChatBedrockOpenAIFields,
} from "./langchain/fields.ts";
