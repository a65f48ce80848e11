/** A stand-in's one argument begins so; what begins otherwise is not read before it is complete. */
const BEGIN = /^\s{0,16}\{\s{0,16}"input"\s{0,16}:\s{0,16}"/;

/** More than that is no beginning. */
const MAX_BEGIN = 80;

/**
 * Reads the free text out of a stand-in's arguments while they come.
 * @returns What takes the next piece of JSON, and gives the next piece of text.
 */
export function createTextInJson(): (json: string) => string {
  let unread = "";
  let state: "before" | "within" | "over" = "before";
  const begin = (): void => {
    const found = BEGIN.exec(unread);
    if (found) {
      state = "within";
      unread = unread.slice(found[0].length);
    } else if (unread.length > MAX_BEGIN) state = "over";
  };
  const read = (): string => {
    const { end, isClosed } = readable(unread);
    const text = decoded(unread.slice(0, end));
    unread = unread.slice(end);
    if (isClosed || text === undefined) state = "over";
    return text ?? "";
  };
  return (json) => {
    if (state === "over") return "";
    unread += json;
    if (state === "before") begin();
    return state === "within" ? read() : "";
  };
}

/** How far the characters of a JSON string are complete: neither an escape nor a pair of escapes is cut. */
function readable(json: string): { end: number; isClosed: boolean } {
  let end = 0;
  while (end < json.length && json[end] !== '"') {
    const length = lengthAt(json, end);
    if (end + length > json.length) break;
    end += length;
  }
  return { end, isClosed: json[end] === '"' };
}

const HIGH_SURROGATE = /^d[89ab]/i;

function lengthAt(json: string, at: number): number {
  if (json[at] !== "\\") return 1;
  if (json[at + 1] !== "u") return 2;
  return HIGH_SURROGATE.test(json.slice(at + 2, at + 6)) ? 12 : 6;
}

/** Undefined for what is no JSON after all. */
function decoded(characters: string): string | undefined {
  try {
    return JSON.parse(`"${characters}"`) as string;
  } catch {
    return undefined;
  }
}
