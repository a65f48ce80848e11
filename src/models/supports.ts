import type { Traits } from "../conversation/traits.ts";

/** What a chat model can be asked for, in the words that people look for. */
export interface Supports {
  tools: boolean;
  /** Reads images. */
  vision: boolean;
  documents: boolean;
  /** Can be told how much to think, or always thinks. */
  reasoning: boolean;
  /** Holds to a JSON schema, by whatever means; not merely asked to. */
  structured_output: boolean;
  prompt_caching: boolean;
  /** Has a system prompt. */
  system: boolean;
}

/** Traits in callers' words. */
export const supportsOf = (traits: Traits): Supports => ({
  tools: traits.tools,
  vision: traits.images,
  documents: traits.documents,
  reasoning: traits.reasoning.kind !== "none" || traits.reasoning.off === "never",
  structured_output: traits.structuredOutput !== "instruction",
  prompt_caching: traits.cachePoints.length > 0,
  system: traits.system,
});
