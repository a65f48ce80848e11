import type { TextStage } from "./end-tokens.ts";

/** Leaves out one character at the beginning, if it is one of these: what the template has between mark and words. */
export function createLeadStage(characters: string): TextStage {
  let begun = false;
  return {
    push(text) {
      if (begun || text === "") return text;
      begun = true;
      return characters.includes(text.charAt(0)) ? text.slice(1) : text;
    },
    end: () => "",
  };
}
