import type { Conversation, InferenceConfig, JsonObject } from "../../conversation/types.ts";
import { given, withNativeFields } from "../parts/native-fields.ts";
import { type Template, toPrompt } from "./template.ts";
import { type Marks, turnsOf } from "./turns.ts";

/** What a family calls each member of Converse's `inferenceConfig`; one that is missing its traits do not admit. */
export type ConfigNames = Partial<Record<keyof InferenceConfig, string>>;

/** A flat body: the prompt, and what it is to be answered with. */
export function completionBody(
  conversation: Conversation,
  template: Template,
  marks: Marks,
  names: ConfigNames,
  more: JsonObject = {},
): JsonObject {
  const config = Object.entries(names).map(([member, name]) => [
    name,
    conversation.inferenceConfig?.[member as keyof InferenceConfig],
  ]);
  const body = {
    prompt: toPrompt(turnsOf(conversation, marks), template),
    ...given(Object.fromEntries(config) as JsonObject),
    ...more,
  };
  return withNativeFields(body, conversation);
}
