import { messagesRequest } from "../../src/wires/messages/request/shape.ts";
import { toComplaint as inAnthropicWords } from "../../src/anthropic/validation.ts";
import { accessRequest } from "../../src/openai/access-parameters.ts";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { completionRequest } from "../../src/openai/completion-request.ts";
import { embeddingRequest } from "../../src/openai/embedding-request.ts";
import { imageRequest } from "../../src/openai/image-request.ts";
import { keepableRequest } from "../../src/openai/metadata.ts";
import { moderationRequest } from "../../src/openai/moderation-request.ts";
import { rerankRequest } from "../../src/openai/rerank-request.ts";
import { createConversationRequest } from "../../src/openai/responses/conversation.ts";
import { responsesRequest } from "../../src/openai/responses/request.ts";
import { toComplaint } from "../../src/openai/validation.ts";
import type { Requests } from "./request-samples.ts";

/** Every request's schema, and who words what is wrong with it. */
export const requests: Requests = {
  chat: { schema: chatRequest, complain: toComplaint },
  "text completions": { schema: completionRequest, complain: toComplaint },
  responses: { schema: responsesRequest, complain: toComplaint },
  messages: { schema: messagesRequest, complain: inAnthropicWords },
  embeddings: { schema: embeddingRequest, complain: toComplaint },
  images: { schema: imageRequest, complain: toComplaint },
  moderations: { schema: moderationRequest, complain: toComplaint },
  "a ranking": { schema: rerankRequest, complain: toComplaint },
  "a conversation": { schema: createConversationRequest, complain: toComplaint },
  "what is kept": { schema: keepableRequest, complain: toComplaint },
  access: { schema: accessRequest, complain: toComplaint },
};
