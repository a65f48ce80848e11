/** Shorter files are as cheap to read as text. Also how far apart the body is probed: no longer run falls between. */
export const LARGE_RUN = 32 * 1024;

/** From `start` to before `end`. */
export interface Run {
  start: number;
  end: number;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Pairs of bytes. */
const BLOCK = 2048;
const QUOTE = 0x22;
const PADDING = 0x3d;

/** 1 for the bytes of the alphabet. */
const IS_BASE64 = new Uint8Array(0x100);
for (const char of ALPHABET) IS_BASE64[char.charCodeAt(0)] = 1;

/** The same of pairs of them. Made by the first large file: it takes a millisecond. */
let areBase64: Uint8Array | undefined;
const makePairs = (): Uint8Array =>
  new Uint8Array(0x10000).map((_, pair) => IS_BASE64[pair & 0xff]! & IS_BASE64[pair >> 8]!);

/** A JSON string up to its base64: it opens (an escaped quote does not open one), with a data URL's head or none. */
const OPENING = /(^|[^\\])"(data:[\x20!#-+\--[\]-~]*;base64,)?$/i;
const MAX_OPENING = 240;

/**
 * Where long base64 stands that is a whole JSON string, bare or as a data URL, without an escape in it. Text is probed
 * here and there, not read, so a body without files costs next to nothing; base64 is read once.
 */
export function findBase64Runs(bytes: Uint8Array): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let probe = LARGE_RUN; probe < bytes.length; probe += LARGE_RUN) {
    if (IS_BASE64[bytes[probe]!] !== 1) continue;
    const start = startOf(bytes, probe, from);
    from = probe;
    if (!opens(bytes, start)) continue;
    const end = endOf(bytes, probe);
    // What is cut off stays text, and is looked at as such.
    const isWhole = (end - start) % 4 === 0 && bytes[end] === QUOTE;
    if (isWhole && end - start > LARGE_RUN) runs.push({ start, end });
    from = end;
    probe = end;
  }
  return runs;
}

/** Whether a text may hold such base64. Of a run's two sides around a probe, one at least is longer than this. */
export function mayHoldRuns(text: string): boolean {
  for (let probe = LARGE_RUN; probe < text.length; probe += LARGE_RUN)
    if (ONE_SIDE.test(text.slice(probe - SIDE, probe + SIDE))) return true;
  return false;
}

const SIDE = 64;
const ONE_SIDE = /[A-Za-z0-9+/]{64}/;

function opens(bytes: Uint8Array, start: number): boolean {
  const before = bytes.subarray(Math.max(0, start - MAX_OPENING), start);
  return OPENING.test(String.fromCharCode(...before));
}

function startOf(bytes: Uint8Array, probe: number, from: number): number {
  let start = probe;
  while (start > from && IS_BASE64[bytes[start - 1]!] === 1) start -= 1;
  return start;
}

function endOf(bytes: Uint8Array, probe: number): number {
  let end = endOfBlocks(bytes, probe + ((bytes.byteOffset + probe) % 2));
  while (end < bytes.length && IS_BASE64[bytes[end]!] === 1) end += 1;
  for (let padding = 0; padding < 2 && bytes[end] === PADDING; padding += 1) end += 1;
  return end;
}

function endOfBlocks(bytes: Uint8Array, start: number): number {
  const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset + start, (bytes.length - start) >> 1);
  const table = (areBase64 ??= makePairs());
  let at = 0;
  while (at + BLOCK <= pairs.length && isBase64Block(pairs, at, table)) at += BLOCK;
  return start + at * 2;
}

/**
 * This is what reads the megabytes. Two bytes a look, and a function that is called often: V8 forgets what it made of
 * one long loop whenever it collects garbage.
 */
function isBase64Block(pairs: Uint16Array, start: number, table: Uint8Array): boolean {
  let all = 1;
  for (let at = start; at < start + BLOCK; at += 4)
    all &= table[pairs[at]!]! & table[pairs[at + 1]!]! & table[pairs[at + 2]!]! & table[pairs[at + 3]!]!;
  return all === 1;
}
