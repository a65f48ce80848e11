import { type Effort, isEffort } from "./efforts.ts";
import { withFields } from "../additional-fields.ts";
import { isObject } from "../json-schema/is-object.ts";
import type { Conversation, JsonObject } from "../types.ts";

/** What a caller wants of a model's thinking, in the conversation's own words. */
export interface ReasoningRequest {
  /** `outputConfig.effort`, or the effort beside Claude's adaptive thinking. */
  effort: Effort | undefined;
  /** Claude's `thinking`, the caller's own or one that an earlier fitting wrote. */
  thinking: JsonObject | undefined;
}

export function reasoningRequest({
  outputConfig,
  additionalModelRequestFields: fields,
}: Conversation): ReasoningRequest {
  const native = asObject(fields?.["output_config"])?.["effort"];
  const effort = outputConfig?.effort ?? native;
  return {
    effort: isEffort(effort) ? effort : undefined,
    thinking: asObject(fields?.["thinking"]),
  };
}

/** The conversation without the request, as far as it is in words that every target has to translate. */
export function withoutReasoningRequest(conversation: Conversation): Conversation {
  const { outputConfig, additionalModelRequestFields, ...rest } = conversation;
  const { effort: _, ...format } = outputConfig ?? {};
  const { thinking: __, output_config: native, ...fields } = additionalModelRequestFields ?? {};
  const { effort: ___, ...output } = asObject(native) ?? {};
  return {
    ...rest,
    ...(hasKeys(format) && { outputConfig: format }),
    ...withFields({ ...fields, ...(hasKeys(output) && { output_config: output }) }),
  };
}

/** Whether Claude is asked to think before it answers, which forbids what thinking does not go with. */
export function isThinking(conversation: Conversation): boolean {
  const type = reasoningRequest(conversation).thinking?.["type"];
  return type === "enabled" || type === "adaptive" || type === "between_tools";
}

/** At high effort Nova chooses its limit and its sampling itself, and refuses to be told. Source: aws-bedrock §C.2. */
export function novaChooses({ additionalModelRequestFields: fields }: Conversation): boolean {
  const config = asObject(fields?.["reasoningConfig"]);
  return config?.["type"] === "enabled" && config["maxReasoningEffort"] === "high";
}

const hasKeys = (object: object): boolean => Object.keys(object).length > 0;

const asObject = (value: unknown): JsonObject | undefined => (isObject(value) ? value : undefined);
