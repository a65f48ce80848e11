export interface JsonText {
  /** The next piece of an answer → what of it is JSON. */
  push(text: string): string;
  /** What is left: all that was said, where there was no JSON in it. */
  end(): string;
}

const isSpace = (char: string): boolean => char === " " || char === "\n" || char === "\r" || char === "\t";

/** Where the search stands: nothing said yet, in prose, behind a brace, in its first key, behind that key, … */
type State = "start" | "prose" | "open" | "key" | "colon" | "inside" | "after";

/**
 * Takes the first JSON object out of an answer that comes in pieces: models put fences and politeness around it. An
 * object begins with a brace, a key and a colon; a brace in prose does not, nor does one that is closed at once. An
 * answer that opens with a bracket is a list. One without any is given back whole at the end, so that a refusal can be
 * read.
 */
export function createJsonText(): JsonText {
  const held: string[] = [];
  let state: State = "start";
  let opening = "";
  let isList = false;
  /** Of a fence; what stands behind it up to the line's end is its name. */
  let ticks = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;

  /** What the next character makes of what may be the beginning. */
  const begin = (char: string): State => {
    opening += char;
    if (state === "key") {
      if (char === "\n") return "prose";
      const ends = char === '"' && !escaped;
      escaped = char === "\\" && !escaped;
      return ends ? "colon" : "key";
    }
    if (isSpace(char)) return state;
    if (state === "colon") return char === ":" ? "inside" : elsewhere(char);
    if (char === '"') return isList ? "inside" : "key";
    return isList && char === "{" ? "inside" : elsewhere(char);
  };

  /** No beginning after all, but perhaps another. */
  const elsewhere = (char: string): State => (char === "{" ? open(char) : "prose");

  const open = (char: string): State => {
    opening = char;
    isList = char === "[";
    return "open";
  };

  const look = (char: string): State => {
    if (state === "open" || state === "key" || state === "colon") return begin(char);
    if (char === "`") {
      ticks += 1;
      return state;
    }
    const fenced = ticks >= 3;
    if (!fenced || char === "\n") ticks = 0;
    if (char === "{" || (char === "[" && (fenced || state === "start"))) return open(char);
    if (fenced) return char === "\n" ? "start" : state;
    return isSpace(char) ? state : "prose";
  };

  /** The end of the JSON in a text, or undefined where it goes on. */
  const close = (text: string): number | undefined => {
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at]!;
      if (escaped) escaped = false;
      else if (inString && char === "\\") escaped = true;
      else if (char === '"') inString = !inString;
      else if (!inString && (char === "{" || char === "[")) depth += 1;
      else if (!inString && (char === "}" || char === "]")) {
        depth -= 1;
        if (depth === 0) return at + 1;
      }
    }
    return undefined;
  };

  const copy = (text: string): string => {
    const end = close(text);
    if (end === undefined) return text;
    state = "after";
    return text.slice(0, end);
  };

  const search = (text: string): string => {
    for (let at = 0; at < text.length; at += 1) {
      state = look(text[at]!);
      if (state === "inside") {
        held.length = 0;
        escaped = false;
        return copy(opening + text.slice(at + 1));
      }
    }
    held.push(text);
    return "";
  };

  return {
    push(text) {
      if (state === "after") return "";
      return state === "inside" ? copy(text) : search(text);
    },
    end: () => (state === "inside" || state === "after" ? "" : unfenced(held.join(""))),
  };
}

/** An empty object or list is JSON too, when it is all that stands within a fence. */
function unfenced(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith("```") || !trimmed.endsWith("```")) return text;
  const inner = trimmed.slice(trimmed.indexOf("\n") + 1, -3).trim();
  return inner === "{}" || inner === "[]" ? inner : text;
}

/** The same for an answer that is there as a whole. */
export function extractJson(text: string): string {
  const json = createJsonText();
  return json.push(text) + json.end();
}
