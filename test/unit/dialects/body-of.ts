import { traitsOf } from "../../../src/bedrock/traits.ts";
import { fit } from "../../../src/conversation/fit.ts";
import type { Conversation, JsonObject } from "../../../src/conversation/types.ts";
import type { Dialect } from "../../../src/dialects/dialect.ts";

/** Fits as the house does before a dialect is asked: its traits go over those of the model. */
export const fitFor = (dialect: Dialect, family: string, conversation: Conversation) =>
  fit(conversation, { ...traitsOf(family), ...dialect.traits });

/** A dialect's body as it would be sent to a model. */
export const bodyFor =
  (dialect: Dialect, family: string) =>
  (conversation: Conversation, stream = false): JsonObject =>
    dialect.toBody(fitFor(dialect, family, conversation).conversation, stream);

/** The messages of one. */
export const messagesFor =
  (dialect: Dialect, family: string) =>
  (conversation: Conversation): unknown =>
    bodyFor(dialect, family)(conversation)["messages"];
