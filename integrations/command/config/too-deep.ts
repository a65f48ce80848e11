import { Lexer } from "yaml";

/** Far deeper than any configuration. */
const MAX_DEPTH = 100;

/** What opens a level, wherever it stands; and what opens one for the rest of its line, outside of brackets. */
const OPENS: ReadonlySet<string> = new Set(["[", "{"]);
const CLOSES: ReadonlySet<string> = new Set(["]", "}"]);
const OPENS_ON_LINE: ReadonlySet<string> = new Set(["-", "?", ":"]);

/** The lexer's mark of a plain text, which is the next token. */
const TEXT = "\x1f";

/**
 * The line on which YAML goes deeper than anyone means it to. The parser would find out too, but only when it has read on to
 * the end, and of a megabyte of brackets that takes it many seconds.
 */
export function tooDeepAt(text: string): number | undefined {
  let line = 1;
  let depth = 0;
  let onLine = 0;
  let isText = false;
  for (const token of new Lexer().lex(text)) {
    const isMark = !isText;
    isText = token === TEXT;
    if (isMark && OPENS.has(token)) depth += 1;
    else if (isMark && CLOSES.has(token)) depth -= 1;
    else if (isMark && depth === 0 && OPENS_ON_LINE.has(token)) onLine += 1;
    if (depth + onLine > MAX_DEPTH) return line;
    const lines = token.split("\n").length - 1;
    if (lines > 0) onLine = 0;
    line += lines;
  }
  return undefined;
}
