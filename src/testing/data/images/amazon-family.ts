import type { DataFamily } from "../image-tools.ts";
import { AMAZON_MODELS } from "./amazon-model.ts";
import { answerBody } from "./amazon-answer.ts";
import { bodyShape } from "./amazon-body.ts";
import { checkBody } from "./amazon-check.ts";

/** Titan Image and Nova Canvas. */
export const AMAZON_IMAGES: readonly DataFamily[] = AMAZON_MODELS.map((model) => ({
  name: model.name,
  models: model.models,
  shape: () => bodyShape(model),
  check: (body) => checkBody(body, model),
  answer: (body, target) => ({ body: answerBody(body, target, model) }),
}));
