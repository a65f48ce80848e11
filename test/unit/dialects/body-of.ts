import { traitsOf } from "../../../src/bedrock/traits/traits.ts";
import { fit } from "../../../src/conversation/fit.ts";
import type { Conversation, JsonObject } from "../../../src/conversation/types.ts";
import type { Dialect } from "../../../src/dialects/dialect.ts";

/** Fits as the house does before a dialect is asked: its traits go over those of the model. */
export const fitFor = (dialect: Dialect, family: string, conversation: Conversation) =>
  fit(conversation, { ...traitsOf(family), ...dialect.traits });

/** A dialect's body as it would be sent to a model; what stands there where the caller sets no limit is tested apart. */
export const bodyFor =
  (dialect: Dialect, family: string) =>
  (conversation: Conversation, stream = false): JsonObject => {
    const traits = {
      ...traitsOf(family),
      ...dialect.traits,
      limitRequired: dialect.name === "anthropic-messages",
    };
    return dialect.toBody(fit(conversation, traits).conversation, stream);
  };

/** The messages of one. */
export const messagesFor =
  (dialect: Dialect, family: string) =>
  (conversation: Conversation): unknown =>
    bodyFor(dialect, family)(conversation)["messages"];
