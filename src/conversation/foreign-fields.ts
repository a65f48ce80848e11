import { droppedNotes } from "./dropped-notes.ts";
import { type Fitted, unchanged } from "./fitting.ts";
import { withFields } from "./additional-fields.ts";
import type { Traits } from "./traits.ts";
import type { Conversation, JsonObject } from "./types.ts";

/**
 * Parameters that neither OpenAI nor Bedrock knows, for the model that answers: it gets those that its family has, and
 * where that is not known all of them, until one is refused.
 * @param foreign Their names; what the caller wrote into `additionalModelRequestFields` is not among them.
 */
export function foreignFields(
  conversation: Conversation,
  foreign: ReadonlySet<string>,
  known: Traits["nativeFields"],
): Fitted {
  if (foreign.size === 0 || known === "any") return unchanged(conversation);
  const { additionalModelRequestFields: fields = {}, ...rest } = conversation;
  const isRefused = (name: string): boolean => foreign.has(name) && !known.includes(name);
  const names = Object.keys(fields);
  const refused = names.filter(isRefused);
  if (refused.length === 0) return unchanged(conversation);
  const kept = names.filter((name) => !isRefused(name)).map((name) => [name, fields[name]]);
  return {
    conversation: { ...rest, ...withFields(Object.fromEntries(kept) as JsonObject) },
    adjustments: droppedNotes(refused, "This model does not know this parameter."),
  };
}
