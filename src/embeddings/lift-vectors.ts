import { join } from "../http/join.ts";
import { Rope } from "../http/rope.ts";

/** A list of numbers as it came, `[0.25,-0.5]`, in as many pieces as it came in. */
export type Digits = readonly Uint8Array[];

/** An answer as a value, and the lists of numbers that were lifted out of it. */
export interface Lifted {
  /** In the place of each list of numbers stands its index. */
  value: unknown;
  vectors: readonly Digits[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

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
 * @param pieces As they came.
 * @throws SyntaxError for what is not JSON.
 */
export function liftVectors(pieces: readonly Uint8Array[]): Lifted {
  const json = new Rope(pieces);
  const vectors: Digits[] = [];
  const rest: Uint8Array[] = [];
  let from = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json.at(at);
    if (byte === QUOTE) at = endOfString(json, at);
    if (byte !== OPEN) continue;
    const close = endOfVector(json, at);
    if (close < 0) continue;
    rest.push(...json.slice(from, at), encoder.encode(String(vectors.length)));
    vectors.push(json.slice(at, close + 1));
    at = close;
    from = close + 1;
  }
  rest.push(...json.slice(from, json.length));
  return { value: JSON.parse(decoder.decode(join(rest).bytes)), vectors };
}

/** Of the closing quote. Numbers in a text are words. */
function endOfString(json: Rope, open: number): number {
  for (let end = json.indexOf(QUOTE, open + 1); end >= 0; end = json.indexOf(QUOTE, end + 1)) {
    let before = end;
    while (json.at(before - 1) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return json.length;
}

/** Of the bracket that closes the list of numbers which is opened here; -1 where it is something else. */
function endOfVector(json: Rope, open: number): number {
  let first = open + 1;
  while (isSpace(json.at(first))) first += 1;
  if (!isNumeric(json.at(first))) return -1;
  const close = json.indexOf(CLOSE, first);
  const numbers = json.slice(first, close);
  return FOREIGN.some((byte) => numbers.some((digits) => digits.includes(byte))) ? -1 : close;
}
