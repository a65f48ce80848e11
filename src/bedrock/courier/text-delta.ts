import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { Frame } from "./event-stream.ts";

type BlockDelta = NonNullable<ConverseStreamEvent["contentBlockDelta"]>;

/** How the payload of a piece of text begins, by its block: of the first ten, and few answers have more. */
const OPENINGS = Array.from({ length: 10 }, (_, block) => `{"contentBlockIndex":${block},"delta":{"text":"`);
const BLOCK_AT = OPENINGS[0]!.indexOf("0");

/** AWS pads its events with the beginning of this, so that their length does not tell what is in them. */
const PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const PADDED = Array.from({ length: PADDING.length + 1 }, (_, size) => `"},"p":"${PADDING.slice(0, size)}"}`);

/** How it goes on behind the text, by its length: padded, or not at all. */
const ENDS: ReadonlyMap<number, string> = new Map(['"}}', ...PADDED].map((end) => [end.length, end]));

/** What JSON has an escape for, or refuses. */
const UNPLAIN = /[^ -[\]-\uffff]/;

/** What is read the same byte by byte. */
const ASCII = /^[ -[\]-~]*$/;

/** Of a string V8 copies so short a piece; a longer one keeps the whole string alive. */
const COPIED = 12;

/**
 * A piece of text that comes as AWS writes it and needs no escape; undefined for anything else, which JSON.parse is to read. It
 * is the one event that comes thousands of times: to compare its beginning and end costs a quarter of what it takes to parse it.
 */
export function readTextDelta({ bytes, latin1, start, end }: Frame): BlockDelta | undefined {
  const contentBlockIndex = latin1.charCodeAt(start + BLOCK_AT) - 0x30;
  const opening = OPENINGS[contentBlockIndex];
  if (opening === undefined || !latin1.startsWith(opening, start)) return undefined;
  const from = start + opening.length;
  const to = latin1.indexOf('"', from);
  const rest = to < 0 ? undefined : ENDS.get(end - to);
  if (rest === undefined || !latin1.startsWith(rest, to)) return undefined;
  if (to - from <= COPIED) {
    const text = latin1.slice(from, to);
    if (ASCII.test(text)) return { contentBlockIndex, delta: { text } };
  }
  const text = bytes.toString("utf8", from, to);
  return UNPLAIN.test(text) ? undefined : { contentBlockIndex, delta: { text } };
}
