import type { Adjustment } from "../adjustments.ts";
import type { Traits } from "./traits.ts";
import type { ContentBlock, Conversation, ToolResultBlock } from "./types.ts";

/** What must be undone in the answer so that the caller sees their own words. */
export interface Restore {
  /** Sent tool name → the caller's name, for the names that had to change. */
  toolNames: ReadonlyMap<string, string>;
  /** The hidden tool whose input is the answer's text, when structured output is emulated. */
  jsonTool: string | undefined;
  /** The answer is JSON, and what a model says around it is not. */
  jsonText: boolean;
  /** Where the answer ends: stop sequences that the model does not know. */
  stopAt: readonly string[];
}

/** Blocks → the caller's parameter that they came from. */
export type Places = ReadonlyMap<ContentBlock | ToolResultBlock, string>;

export interface Fitted {
  conversation: Conversation;
  adjustments: readonly Adjustment[];
  restore?: Partial<Restore>;
}

/**
 * One step that makes a conversation acceptable to a target. Pure: the same input gives the same output, the input
 * is never changed, and a second run changes nothing.
 */
export type Pass = (conversation: Conversation, traits: Traits, places: Places) => Fitted;

export const unchanged = (conversation: Conversation): Fitted => ({ conversation, adjustments: [] });
