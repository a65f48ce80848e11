export interface JsonText {
  /** The next piece of an answer → what of it is JSON. */
  push(text: string): string;
  /** What is left: all that was said, where there was no JSON in it. */
  end(): string;
}

const isSpace = (char: string): boolean => char === " " || char === "\n" || char === "\r" || char === "\t";

/**
 * Takes the first JSON object out of an answer that comes in pieces: models put fences and politeness around it. An
 * object begins with a brace and a key; a brace in prose does not, nor does one that is closed at once. An answer that
 * opens with a bracket is a list of them. One without any is given back whole at the end, so that a refusal can be read.
 */
export function createJsonText(): JsonText {
  const held: string[] = [];
  /** `start` until the first word is said, `open` behind a brace or bracket that may begin the JSON. */
  let state: "start" | "prose" | "open" | "inside" | "after" = "start";
  let opening = "";
  /** Of a fence; what stands behind it up to the line's end is its name. */
  let ticks = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;

  /** What the next character makes of the search. */
  const look = (char: string): void => {
    if (state === "open") {
      opening += char;
      if (isSpace(char)) return;
      if (char === '"' || (opening.startsWith("[") && char === "{")) state = "inside";
      else [state, opening] = char === "{" ? ["open", "{"] : ["prose", ""];
      return;
    }
    if (char === "`") {
      ticks += 1;
      return;
    }
    const fenced = ticks >= 3;
    if (!fenced || char === "\n") ticks = 0;
    if (char === "{" || (char === "[" && (fenced || state === "start"))) [state, opening] = ["open", char];
    else if (fenced) state = char === "\n" ? "start" : state;
    else if (!isSpace(char)) state = "prose";
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
      look(text[at]!);
      if (state === "inside") {
        held.length = 0;
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
    end: () => (state === "inside" || state === "after" ? "" : held.join("")),
  };
}

/** The same for an answer that is there as a whole. */
export function extractJson(text: string): string {
  const json = createJsonText();
  return json.push(text) + json.end();
}
