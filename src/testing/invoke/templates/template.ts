import type { ImageBlock, InferenceConfig, JsonObject, Reading } from "../family.ts";
import { joinTurns } from "../turns.ts";

/** How the turns of a conversation become one prompt. */
export interface Template {
  /** Whether a prompt is meant to follow this template, well or badly. */
  recognizes(prompt: string): boolean;
  /** The turns of a prompt, or what is wrong with it. */
  read(prompt: string): Turns | string;
}

export interface Turns {
  system?: string;
  /** The last one is the user's, or the beginning of the assistant's answer. */
  turns: { role: "user" | "assistant"; text: string }[];
}

export interface PromptOptions {
  inferenceConfig: InferenceConfig;
  images?: ImageBlock[];
  fields?: JsonObject;
}

/** A prompt as a conversation; a prompt that breaks its template is said by one user, and broken. */
export function readPrompt({ read }: Template, prompt: string, options: PromptOptions): Reading {
  const found = read(prompt);
  const broken = typeof found === "string" ? found : undefined;
  const said: Turns = typeof found === "string" ? { turns: [{ role: "user", text: prompt }] } : found;
  return { request: toRequest(said, options), ...(broken !== undefined && { broken }) };
}

function toRequest(
  { system, turns }: Turns,
  { inferenceConfig, images = [], fields }: PromptOptions,
): Reading["request"] {
  const messages = joinTurns(turns.map(({ role, text }) => ({ role, content: [{ text }] })));
  messages.findLast(({ role }) => role === "user")?.content.push(...images.map((image) => ({ image })));
  return {
    messages,
    ...(system && { system: [{ text: system }] }),
    inferenceConfig,
    ...(fields && { additionalModelRequestFields: fields }),
  };
}
