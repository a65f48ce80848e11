import { tornLength } from "../parts/tag-splitter.ts";

/** A text that comes in pieces, less what does not belong to it. */
export interface TextStage {
  push(text: string): string;
  /** What was held back. */
  end(): string;
}

/**
 * Leaves out the tokens that end a turn where a text ends on them; some hosts of imported models let them through.
 * Holds back what may yet become one.
 */
export function createEndTokenStage(tokens: readonly string[]): TextStage {
  /** Whole tokens that nothing has followed yet, and what may become the next. */
  let run = "";
  let torn = "";
  return {
    push(text) {
      let words = torn + text;
      torn = words.slice(words.length - Math.max(0, ...tokens.map((token) => tornLength(words, token))));
      words = words.slice(0, words.length - torn.length);
      let end = words.length;
      for (let token = endOf(words, end, tokens); token; token = endOf(words, end, tokens))
        end -= token.length;
      const said = end > 0 ? run + words.slice(0, end) : "";
      run = end > 0 ? words.slice(end) : run + words;
      return said;
    },
    end: () => (torn === "" ? "" : run + torn),
  };
}

const endOf = (text: string, end: number, tokens: readonly string[]): string | undefined =>
  tokens.find((token) => text.endsWith(token, end));
