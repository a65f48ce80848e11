import type { Traits } from "../conversation/traits.ts";
import { readCompletion } from "./prompt/completion-answer.ts";
import { completionBody, type ConfigNames } from "./prompt/completion-body.ts";
import type { Dialect } from "./dialect.ts";
import type { Template } from "./prompt/template.ts";
import { textDialect } from "./prompt/text-dialect.ts";
import { TEXT_ONLY } from "./parts/text-only.ts";

const BARE = { open: "", close: "" };

/** A text to be continued is not told as a conversation. */
const TEMPLATE: Template = { system: BARE, user: BARE, assistant: BARE };

const completion = (name: string, traits: Partial<Traits>, names: ConfigNames): Dialect =>
  textDialect({
    name,
    traits: { ...TEXT_ONLY, system: false, ...traits },
    toBody: (conversation) => completionBody(conversation, TEMPLATE, {}, names),
    readAnswer: readCompletion,
  });

/** The format that every imported model has but those which only know OpenAI's. Source: AWS, Custom model import. */
export const bedrockCompletion = completion(
  "bedrock-completion",
  { topK: "top_k", stopSequences: false },
  { maxTokens: "max_gen_len", temperature: "temperature", topP: "top_p" },
);

/** OpenAI's own text completion, which imports since November 2025 have: told from the other by `max_tokens`. */
export const openaiCompletion = completion(
  "openai-completion",
  { topK: "top_k", nativeSampling: ["seed", "frequency_penalty", "presence_penalty"] },
  { maxTokens: "max_tokens", temperature: "temperature", topP: "top_p", stopSequences: "stop" },
);
