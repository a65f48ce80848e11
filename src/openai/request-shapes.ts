import type * as z from "../schema/z.ts";
import { chatRequestShape } from "./chat-request.ts";
import { completionRequestShape } from "./completion-request.ts";
import { embeddingRequestShape } from "./embedding-request.ts";
import { imageRequestShape } from "./image-request.ts";
import { moderationRequestShape } from "./moderation-request.ts";
import { rerankRequestShape } from "./rerank-request.ts";
import { responsesRequestShape } from "./responses/request.ts";

/** The parameters of every endpoint that a model's defaults may fill in. */
export const REQUEST_SHAPES: readonly Readonly<Record<string, z.Schema>>[] = [
  chatRequestShape.shape,
  completionRequestShape.shape,
  // Whose words, and what they stand on, are nobody's default.
  responsesRequestShape.omit({ input: true, previous_response_id: true, conversation: true }).shape,
  embeddingRequestShape.shape,
  // Whose pictures are nobody's default.
  imageRequestShape.omit({ prompt: true, image: true, images: true, mask: true }).shape,
  moderationRequestShape.shape,
  // Not what it ranks: a chat model may have documents of its own.
  rerankRequestShape.omit({ query: true, documents: true }).shape,
];
