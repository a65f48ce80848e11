/** A JSON object begins with a brace and a key, or is empty; a brace in prose does not. */
const START = /\{\s*["}]/g;

/** A beginning that the next piece may complete. */
const MAYBE_START = /\{\s*$/;

export interface JsonText {
  /** The next piece of an answer → what of it is JSON. */
  push(text: string): string;
  /** What is left: all that was said, where there was no JSON in it. */
  end(): string;
}

/**
 * Takes the first JSON object out of an answer that comes in pieces: models put fences and politeness around it. An
 * answer without one is given back whole at the end, so that a refusal can be read.
 */
export function createJsonText(): JsonText {
  let held = "";
  let searched = 0;
  let state: "before" | "inside" | "after" = "before";
  let depth = 0;
  let inString = false;
  let escaped = false;

  const search = (text: string): string => {
    held += text;
    START.lastIndex = searched;
    const start = START.exec(held);
    if (!start) {
      searched = MAYBE_START.test(held) ? held.lastIndexOf("{") : held.length;
      return "";
    }
    state = "inside";
    const found = held.slice(start.index);
    held = "";
    return copy(found);
  };

  /** Everything up to the brace that closes the first one. */
  const copy = (text: string): string => {
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at];
      if (escaped) escaped = false;
      else if (inString && char === "\\") escaped = true;
      else if (char === '"') inString = !inString;
      else if (!inString && char === "{") depth += 1;
      else if (!inString && char === "}") {
        depth -= 1;
        if (depth > 0) continue;
        state = "after";
        return text.slice(0, at + 1);
      }
    }
    return text;
  };

  return {
    push(text) {
      if (state === "after") return "";
      return state === "inside" ? copy(text) : search(text);
    },
    end: () => (state === "before" ? held : ""),
  };
}

/** The same for an answer that is there as a whole. */
export function extractJson(text: string): string {
  const json = createJsonText();
  return json.push(text) + json.end();
}
