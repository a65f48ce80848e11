import type { Adjustment } from "../adjustments.ts";
import type { Traits } from "./traits.ts";
import type { Conversation } from "./types.ts";

/** What must be undone in the answer so that the caller sees their own words. */
export interface Restore {
  /** Sent tool name → the caller's name, for the names that had to change. */
  toolNames: ReadonlyMap<string, string>;
  /** The hidden tool whose input is the answer's text, when structured output is emulated. */
  jsonTool: string | undefined;
}

export interface Fitted {
  conversation: Conversation;
  adjustments: readonly Adjustment[];
  restore?: Partial<Restore>;
}

/**
 * One step that makes a conversation acceptable to a target. Pure: the same input gives the same output, the input
 * is never changed, and a second run changes nothing.
 */
export type Pass = (conversation: Conversation, traits: Traits) => Fitted;

export const unchanged = (conversation: Conversation): Fitted => ({ conversation, adjustments: [] });
