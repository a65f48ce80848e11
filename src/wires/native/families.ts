/** OpenAI's own newer models: they count their thoughts in the limit, and fix their sampling while they think. */
export const isReasoningGpt = (family: string): boolean => /^openai\.(?!gpt-oss)/.test(family);

/** Models whose answers on `bedrock-runtime` begin with their thoughts. */
export const thinksAloud = (family: string): boolean => family.startsWith("openai.gpt-oss");

/** Models whose prompts are cached natively where a request marks them; GPT-5.6 caches in Responses only. */
export const cachesByMark = (family: string): boolean => /^openai\.gpt-([6-9]|\d\d)/.test(family);

/** Models that know OpenAI's role `developer`; others have a system prompt by its older name. */
export const knowsDeveloper = (family: string): boolean => family.startsWith("openai.");

/** The same in the Responses API. */
export const cachesByMarkInResponses = (family: string): boolean =>
  /^openai\.gpt-(5\.6|[6-9]|\d\d)/.test(family);
