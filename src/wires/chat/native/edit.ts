import type { Adjustment } from "../../../adjustments.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import { isEffort, nearestEffort } from "../../../conversation/reasoning/efforts.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { mustNotThink } from "./takes.ts";

export interface Edited {
  body: JsonObject;
  adjustments: readonly Adjustment[];
}

/** What we tell callers of an answer beyond OpenAI's words, and what says nothing. */
const OURS: ReadonlySet<string> = new Set([
  "reasoning_content",
  "reasoning",
  "thinking_blocks",
  "annotations",
]);

/** OpenAI's newer models know the bound on an answer by its new name only. */
const RENAMES_LIMIT = /^openai\.gpt-(?!oss)/;

/** The caller's request with what the target's endpoint would refuse changed, and nothing else. */
export function edit(body: JsonObject, target: Target): Edited {
  const { modelId, family, traits } = target;
  const adjustments: Adjustment[] = [];
  const dropped = (param: string, reason: string): void =>
    void adjustments.push({ param, action: "dropped", reason });
  const {
    model_id: _,
    store,
    max_tokens: oldLimit,
    max_completion_tokens: newLimit,
    temperature,
    top_p: topP,
    reasoning_effort: effort,
    ...rest
  } = body;
  if (store === true) dropped("store", "Nothing is stored here.");

  const silenced = mustNotThink(body, target);
  if (silenced)
    adjustments.push({
      param: "reasoning_effort",
      action: "clamped",
      reason: "On this endpoint the model does not think while tools are offered.",
    });
  const samples = silenced || traits.sampling !== "none" || effort === "none";
  if (!samples && temperature != null) dropped("temperature", "This model does not accept temperature.");
  if (!samples && topP != null) dropped("top_p", "This model does not accept top_p.");

  const { efforts } = traits.reasoning;
  const known = isEffort(effort) && efforts.length > 0 ? nearestEffort(effort, efforts) : effort;
  if (!silenced && effort != null && known !== effort)
    adjustments.push({
      param: "reasoning_effort",
      action: "clamped",
      reason: `This model's nearest effort is '${String(known)}'.`,
    });

  const limit = newLimit ?? oldLimit;
  const limitName = RENAMES_LIMIT.test(family) ? "max_completion_tokens" : "max_tokens";
  return {
    body: given({
      ...rest,
      model: modelId,
      messages: (body["messages"] as JsonObject[]).map(inOpenAIsWords),
      [limitName]: limit,
      temperature: samples ? temperature : undefined,
      top_p: samples ? topP : undefined,
      reasoning_effort: silenced ? "none" : known,
    }),
    adjustments,
  };
}

const given = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value != null));

function inOpenAIsWords(message: JsonObject): JsonObject {
  if (message["role"] !== "assistant") return message;
  const kept = Object.entries(message).filter(([name, value]) => !OURS.has(name) && !isNothing(name, value));
  return Object.fromEntries(kept);
}

/** `content: null` beside calls is OpenAI's own word. */
const isNothing = (name: string, value: unknown): boolean =>
  (name === "tool_calls" && Array.isArray(value) && value.length === 0) ||
  (value == null && name !== "content") ||
  (isObject(value) && Object.keys(value).length === 0);
