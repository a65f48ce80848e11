import { ai21J2 } from "./ai21-j2.ts";
import { anthropicMessages } from "./anthropic-messages.ts";
import { anthropicText } from "./anthropic-text.ts";
import { chatml } from "./chatml.ts";
import { cohereCommandR } from "./cohere-command-r.ts";
import { cohereCommand } from "./cohere-command.ts";
import { deepseekR1Imported } from "./deepseek-r1-imported.ts";
import { deepseekR1 } from "./deepseek-r1.ts";
import type { Dialect } from "./dialect.ts";
import { bedrockCompletion, openaiCompletion } from "./imported-completion.ts";
import { jamba } from "./jamba.ts";
import { llama2 } from "./llama2.ts";
import { importedLlama, llama3, llama31 } from "./llama3.ts";
import { llama4 } from "./llama4.ts";
import { mistralChat } from "./mistral-chat.ts";
import { mistralText } from "./mistral-text.ts";
import { nova } from "./nova.ts";
import { gpt56Chat, openaiChat, openaiReasoningChat } from "./openai-chat.ts";
import { pegasus } from "./pegasus.ts";
import { titanText, titanTextLite, titanTextPremier } from "./titan-text.ts";

/** By family: a model id without geo prefix, or `imported.` and what was imported. The first match wins. */
export const DIALECTS: readonly (readonly [RegExp, Dialect])[] = [
  [/^anthropic\.claude-(v\d|instant)/, anthropicText],
  [/^amazon\.titan-text-lite/, titanTextLite],
  [/^amazon\.titan-text-premier/, titanTextPremier],
  [/^amazon\.titan-(text|tg1)/, titanText],
  [/^meta\.llama2/, llama2],
  [/^meta\.llama3-\d+b/, llama3],
  [/^meta\.llama3/, llama31],
  [/^meta\.llama4/, llama4],
  [/^mistral\.(mistral-7b|mixtral)/, mistralText],
  [/^cohere\.command-(light-)?text/, cohereCommand],
  [/^ai21\.j2/, ai21J2],
  [/^deepseek\.r1/, deepseekR1],
  [/^imported\.llama/, importedLlama],
  [/^imported\.mistral/, mistralText],
  [/^imported\.deepseek_r1/, deepseekR1Imported],
  [/^imported\.qwen[23]/, chatml],
  [/^imported\.openai/, openaiChat],
  [/^anthropic\./, anthropicMessages],
  [/^amazon\.nova-(?!.*(embed|canvas|reel|sonic))/, nova],
  [/^cohere\.command-r/, cohereCommandR],
  [/^mistral\.(mistral-(large|small)-24|pixtral)/, mistralChat],
  [/^ai21\.jamba/, jamba],
  [/^twelvelabs\.pegasus/, pegasus],
  [/^openai\.gpt-oss/, openaiChat],
  [/^openai\.gpt-5\.6/, gpt56Chat],
  [/^openai\./, openaiReasoningChat],
  [/^(deepseek|google|minimax|mistral|moonshot|moonshotai|nvidia|qwen|writer|xai|zai)\./, openaiChat],
];

/** Where a text can be continued as it is, not only answered. */
const COMPLETIONS: readonly (readonly [RegExp, Dialect])[] = [
  [/^imported\.openai/, openaiCompletion],
  [/^imported\./, bedrockCompletion],
];

/** Undefined for a family that has no body for texts of its own. */
export const completionDialectOf = (family: string): Dialect | undefined =>
  COMPLETIONS.find(([pattern]) => pattern.test(family))?.[1];

/** Undefined for a family whose native body is not known. */
export const dialectOf = (family: string): Dialect | undefined =>
  DIALECTS.find(([pattern]) => pattern.test(family))?.[1];
