import type * as z from "zod";
import { chatRequestShape } from "./chat-request.ts";
import { completionRequestShape } from "./completion-request.ts";
import { embeddingRequestShape } from "./embedding-request.ts";

/** The parameters of every endpoint that a model's defaults may fill in. */
export const REQUEST_SHAPES: readonly Readonly<Record<string, z.ZodType>>[] = [
  chatRequestShape.shape,
  completionRequestShape.shape,
  embeddingRequestShape.shape,
];
