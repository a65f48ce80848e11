/** An answer as a value, and the lists of numbers that were lifted out of it. */
export interface Lifted {
  /** In the place of each list of numbers stands its index. */
  value: unknown;
  /** The text between the brackets, as it came: `0.25,-0.5`. */
  vectors: readonly string[];
}

/** A string, which may hold what looks like numbers, or the beginning of a list of numbers. */
const NEXT = /"[^"\\]*(?:\\.[^"\\]*)*"|\[\s*(?=[-\d])/g;

/** What no list of numbers holds. */
const FOREIGN = ['"', "[", "{", "n", "t"];

/**
 * Parses JSON without its lists of numbers, which are most of it and only to be copied.
 * @throws SyntaxError for what is not JSON.
 */
export function liftVectors(json: string): Lifted {
  const vectors: string[] = [];
  let rest = "";
  let from = 0;
  NEXT.lastIndex = 0;
  for (let match = NEXT.exec(json); match; match = NEXT.exec(json)) {
    if (match[0].startsWith('"')) continue;
    const start = NEXT.lastIndex;
    const end = json.indexOf("]", start);
    const numbers = json.slice(start, end);
    if (end < 0 || FOREIGN.some((char) => numbers.includes(char))) continue;
    rest += json.slice(from, match.index) + String(vectors.length);
    vectors.push(numbers);
    from = end + 1;
    NEXT.lastIndex = from;
  }
  return { value: JSON.parse(rest + json.slice(from)), vectors };
}

/** @throws SyntaxError for what are not numbers. */
export const numbersOf = (vector: string): number[] => JSON.parse(`[${vector}]`) as number[];
