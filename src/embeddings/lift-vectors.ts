/** An answer as a value, and the lists of numbers that were lifted out of it. */
export interface Lifted {
  /** In the place of each list of numbers stands its index. */
  value: unknown;
  /** Each as it came: `[0.25,-0.5]`. */
  vectors: readonly Uint8Array[];
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const OPEN = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;

/**
 * What no list of numbers holds: lists, strings, objects, the letters of `true`, `false` and `null`, and those of `NaN` and
 * `Infinity`, which are no JSON but what Python writes.
 */
const FOREIGN = [OPEN, QUOTE, 0x7b, 0x6c, 0x72, 0x4e, 0x49];

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const isNumeric = (byte: number | undefined): boolean =>
  byte !== undefined && (byte === MINUS || (byte >= 0x30 && byte <= 0x39));

/**
 * Parses JSON without its lists of numbers, which are most of it and only to be copied: they are found by their end, not
 * read.
 * @throws SyntaxError for what is not JSON.
 */
export function liftVectors(json: Uint8Array): Lifted {
  const decoder = new TextDecoder();
  const vectors: Uint8Array[] = [];
  let rest = "";
  let from = 0;
  for (let at = 0; at < json.length; at += 1) {
    if (json[at] === QUOTE) at = endOfString(json, at);
    if (json[at] !== OPEN) continue;
    const vector = vectorAt(json, at);
    if (!vector) continue;
    rest += decoder.decode(json.subarray(from, at)) + String(vectors.length);
    vectors.push(vector);
    from = at + vector.length;
    at = from - 1;
  }
  return { value: JSON.parse(rest + decoder.decode(json.subarray(from))), vectors };
}

/** Of the closing quote. Numbers in a text are words. */
function endOfString(json: Uint8Array, open: number): number {
  for (let end = json.indexOf(QUOTE, open + 1); end >= 0; end = json.indexOf(QUOTE, end + 1)) {
    let before = end;
    while (json[before - 1] === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return json.length;
}

/** The list of numbers that is opened here; undefined where it is something else. */
function vectorAt(json: Uint8Array, open: number): Uint8Array | undefined {
  let first = open + 1;
  while (isSpace(json[first])) first += 1;
  if (!isNumeric(json[first])) return undefined;
  const close = json.indexOf(CLOSE, first);
  const numbers = json.subarray(open + 1, Math.max(open + 1, close));
  return close < 0 || FOREIGN.some((byte) => numbers.includes(byte))
    ? undefined
    : json.subarray(open, close + 1);
}
