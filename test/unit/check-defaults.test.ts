import { expect, it } from "vitest";
import { createBedrockOpenAIHandler } from "../../src/index.ts";

const opened = (defaults: Record<string, unknown>) => () =>
  createBedrockOpenAIHandler({ models: { plain: "a.b", fast: { model: "a.b", defaults } } });

it.each([
  [{ temperature: "hot" }, "Invalid type for 'temperature'"],
  [{ temperature: 3 }, "Invalid 'temperature'"],
  [{ reasoning_effort: "enormous" }, "Invalid value: 'enormous'"],
  [{ guardrailConfig: { guardrailIdentifier: "a" } }, "'guardrailConfig.guardrailVersion'"],
  [{ logprobs: "yes" }, "'logprobs'"],
  [{ extra_body: { top_k: "many" } }, "'top_k'"],
  [{ messages: [] }, "'messages' is for requests to say"],
  [{ model: "other" }, "'model' is for requests to say"],
])("tells the operator at the start, and no caller ever: %j", (defaults, fault) => {
  expect(opened(defaults)).toThrow(TypeError);
  expect(opened(defaults)).toThrow(`'defaults' of the model 'fast': `);
  expect(opened(defaults)).toThrow(fault);
});

it.each([
  {},
  { temperature: 0, max_tokens: 0 },
  { logprobs: true },
  { logprobs: 3 },
  { temperature: null },
  { stream: true, stream_options: { include_usage: true } },
  { extra_body: { top_k: 5 }, models_own_word: { deep: [1] } },
])("takes what one of the endpoints takes: %j", (defaults) => {
  expect(opened(defaults)).not.toThrow();
});
