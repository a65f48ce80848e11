import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { Frame } from "./event-stream.ts";
import { Literal } from "./literal.ts";

type BlockDelta = NonNullable<ConverseStreamEvent["contentBlockDelta"]>;

/** How the payload of a piece of text begins, by its block: of the first ten, and few answers have more. */
const opening = (block: number): string => `{"contentBlockIndex":${block},"delta":{"text":"`;
const OPENING_SIZE = opening(0).length;
const BLOCK_AT = opening(0).indexOf("0");

/** AWS pads its events with the beginning of this, so that their length does not tell what is in them. */
const PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** How it goes on behind the text: padded, or not at all. */
const padded = (size: number): string => `"},"p":"${PADDING.slice(0, size)}"}`;
const LEAST = padded(0).length;
const MOST = padded(PADDING.length).length;
const UNPADDED = '"}}';

/** They are made when one is met: a process that streams nothing has no need of them. */
const openings: (Literal | undefined)[] = Array.from({ length: 10 });
const ends: (Literal | undefined)[] = Array.from({ length: MOST + 1 });

function openingOf(block: number): Literal | undefined {
  if (!(block >= 0 && block < openings.length)) return undefined;
  return (openings[block] ??= new Literal(opening(block)));
}

/** By its length. */
function endOf(size: number): Literal | undefined {
  if (size !== UNPADDED.length && !(size >= LEAST && size <= MOST)) return undefined;
  return (ends[size] ??= new Literal(size < LEAST ? UNPADDED : padded(size - LEAST)));
}

/** What JSON has an escape for, or refuses. */
const UNPLAIN = /[^ -[\]-\uffff]/;

/** Of a string V8 copies so short a piece; a longer one keeps the whole string alive. */
const COPIED = 12;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * A piece of text that comes as AWS writes it and needs no escape; undefined for anything else, which JSON.parse is to read. It
 * is the one event that comes thousands of times: to compare its beginning and end costs a quarter of what it takes to parse it.
 */
export function readTextDelta({ bytes, view, latin1, start, end }: Frame): BlockDelta | undefined {
  const from = start + OPENING_SIZE;
  if (from >= end) return undefined;
  const contentBlockIndex = view.getUint8(start + BLOCK_AT) - 0x30;
  if (!openingOf(contentBlockIndex)?.isAt(view, start)) return undefined;
  const most = Math.min(end, from + COPIED + 1);
  let to = from;
  while (to < most && isPlain(view.getUint8(to))) to += 1;
  const isCopied = to < most && view.getUint8(to) === QUOTE;
  if (!isCopied) to = bytes.indexOf(QUOTE, to);
  if (to < 0 || !endOf(end - to)?.isAt(view, to)) return undefined;
  if (isCopied) return { contentBlockIndex, delta: { text: latin1.slice(from, to) } };
  const text = bytes.toString("utf8", from, to);
  return UNPLAIN.test(text) ? undefined : { contentBlockIndex, delta: { text } };
}

/** What is ASCII and stands for itself in JSON. */
const isPlain = (byte: number): boolean =>
  byte >= 0x20 && byte < 0x7f && byte !== QUOTE && byte !== BACKSLASH;
