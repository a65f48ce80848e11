import type { Drawn } from "./http-answers.ts";
import { bytesOf } from "./read-answer.ts";

const END = "\r\n";

/** Where the last head begins and where its body does, past what is said before the answer. */
function headIn(text: string): [start: number, end: number] {
  let start = 0;
  for (;;) {
    const end = text.indexOf(END + END, start) + 4;
    if (!/^HTTP\/1\.\d 1/.test(text.slice(start, start + 10))) return [start, end];
    start = end;
  }
}

/** Sizes, data and the ends of lines as they are. */
function bareChunks(text: string): string {
  let bare = "";
  let at = 0;
  for (;;) {
    const end = text.indexOf(END, at);
    const [size = ""] = text.slice(at, end).split(/[ \t]*(?:;|$)/, 1);
    const length = Number.parseInt(size, 16);
    if (!(length > 0)) return bare + size + END + END;
    const next = end + END.length + length + END.length;
    bare += size + text.slice(end, next);
    at = next;
  }
}

/**
 * The answer without what nobody reads of it: the extensions of its chunks and what stands behind the last one, and a length where
 * there can be no body.
 */
export function withoutUnread({ method, bytes }: Drawn): Drawn {
  const text = Buffer.from(bytes).toString("latin1");
  const [start, end] = headIn(text);
  const head = text.slice(start, end);
  const isBodiless = method === "HEAD" || /^HTTP\/1\.\d [23]04/.test(head);
  const bare = isBodiless ? head.replaceAll(/\r\ncontent-length:[^\r]*/gi, "") : head;
  const isChunked = !isBodiless && /\r\ntransfer-encoding:/i.test(head);
  const body = text.slice(end);
  return { method, bytes: bytesOf(bare + (isChunked ? bareChunks(body) : body)) };
}
