import { Buffer } from "node:buffer";

/** Shorter files are as cheap to read as text. Also how far apart the body is probed: no longer run falls between. */
export const LARGE_RUN = 32 * 1024;

/** From `start` to before `end`. */
export interface Run {
  start: number;
  end: number;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const QUOTE = 0x22;
const PADDING = 0x3d;

/** 1 for the bytes of the alphabet. */
const IS_BASE64 = new Uint8Array(0x100);
for (const char of ALPHABET) IS_BASE64[char.charCodeAt(0)] = 1;

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
  let end = endOfWindows(bytes, probe);
  while (end < bytes.length && IS_BASE64[bytes[end]!] === 1) end += 1;
  for (let padding = 0; padding < 2 && bytes[end] === PADDING; padding += 1) end += 1;
  return end;
}

/** Whole groups of four letters, so that each window can be decoded by itself. */
const WINDOW = 48 * 1024;
const DECODED = (WINDOW / 4) * 3;

let decoded: Buffer | undefined;

/**
 * This is what reads the megabytes: Node decodes base64 several bytes a step, and passes over what is none, so that what gives all its bytes
 * is nothing else. Nobody needs them.
 */
function endOfWindows({ buffer, byteOffset, byteLength }: Uint8Array, start: number): number {
  const all = Buffer.from(buffer, byteOffset, byteLength);
  decoded ??= Buffer.allocUnsafeSlow(DECODED);
  let end = start;
  for (; end + WINDOW <= byteLength; end += WINDOW) {
    const window = all.subarray(end, end + WINDOW);
    if (decoded.write(window.toString("latin1"), "base64") !== DECODED || hasUrlLetters(window)) break;
  }
  return end;
}

/** Which Node takes for base64 too, and AWS does not. */
const hasUrlLetters = (window: Buffer): boolean => window.includes("-") || window.includes("_");
