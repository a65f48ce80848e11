import { agent } from "./agent.ts";
import { image, imageFromBase64, imageWithWideText } from "./image.ts";
import type { Question } from "./question.ts";
import { short } from "./short.ts";

export const QUESTIONS = {
  short,
  agent,
  image,
  "image-from-base64": imageFromBase64,
  "image-with-wide-text": imageWithWideText,
} satisfies Record<string, Question>;

export type QuestionName = keyof typeof QUESTIONS;
