import type { Room } from "./room.ts";

/**
 * The bulk of the files in a request body, kept as the bytes that came. In the parsed body a token stands for each, so
 * that megabytes of base64 never become a string. Whoever writes the text out puts the bytes back.
 */
export interface Attachments {
  /** How every token begins. Random for each request, so no caller can write one. */
  readonly prefix: string;
  readonly files: readonly Uint8Array[];
  /** Around the file, where it is the only one. */
  readonly room?: Room;
}

export const NO_ATTACHMENTS: Attachments = { prefix: "", files: [] };

/** A dot is not base64, and nothing here is escaped in JSON. */
export const newPrefix = (): string => `.attachment-${mark()}-${crypto.randomUUID()}-`;

let ours: string | undefined;

/** This process's own: what a caller writes is never taken for a token, not even for another request's. */
const mark = (): string => (ours ??= crypto.randomUUID());

const END = ".";

export const toToken = (prefix: string, index: number): string => `${prefix}${index}${END}`;

const TOKEN = /\.attachment-([0-9a-f-]{36})-[0-9a-f-]{36}-\d{1,9}\.$/;
const MOST = 128;

/** Whether a text stands for a file that was lifted out, and so was seen to be base64. */
export const isLifted = (text: string): boolean => TOKEN.exec(text.slice(-MOST))?.[1] === mark();

/** The number of the file whose token a text ends with. */
export function indexOfToken(text: string, prefix: string): number | undefined {
  const at = text.lastIndexOf(prefix);
  return at >= 0 && text.endsWith(END) ? Number(text.slice(at + prefix.length, -END.length)) : undefined;
}

/** Characters of a file's base64, whether or not a token stands for most of it. */
export function fileSize(text: string, { prefix, files }: Attachments): number {
  const index = prefix === "" ? undefined : indexOfToken(text, prefix);
  return index === undefined ? text.length : text.lastIndexOf(prefix) + (files[index]?.length ?? 0);
}

/**
 * A text in pieces, in order, with the files in the place of their tokens.
 * @throws Error for a damaged token: AWS would take it for a file.
 */
export function withFiles(text: string, { prefix, files }: Attachments): (string | Uint8Array)[] {
  if (files.length === 0 || !text.includes(prefix)) return [text];
  const [first = "", ...rest] = text.split(prefix);
  const pieces: (string | Uint8Array)[] = [first];
  for (const part of rest) {
    const end = part.indexOf(END);
    const file = /^\d+$/.test(part.slice(0, end)) ? files[Number(part.slice(0, end))] : undefined;
    if (!file) throw new Error("A file of the request was lost on its way.");
    pieces.push(file, part.slice(end + END.length));
  }
  return pieces;
}
