import { type Attachments, indexOfToken, newPrefix, NO_ATTACHMENTS, toToken } from "./attachments.ts";
import { findBase64Runs, type Run } from "./base64-runs.ts";
import { isTooDeep } from "./depth.ts";
import { roomAround } from "./room.ts";

/** Stays in the text: enough to tell a file by its first bytes, and to quote it. */
const KEPT = 64;

/** A request body as a value, and the files that were lifted out of it. */
export interface Upload {
  value: unknown;
  attachments: Attachments;
}

/** The texts of a body that are read as files: nowhere else may a token stand for one. */
export type FilesIn = (value: unknown) => Iterable<string>;

/**
 * Parses a JSON body without its large files. What looks like one but is none of `filesIn`, such as base64 that a tool
 * returned as text, is read as the text that it is.
 * @throws SyntaxError | TypeError for what is not JSON in UTF-8.
 */
export function parseLifting(bytes: Uint8Array, filesIn: FilesIn): Upload {
  const runs = findBase64Runs(bytes);
  if (runs.length === 0) return parsed(decode(bytes));
  const upload = parseWithout(runs, bytes);
  const { prefix } = upload.attachments;
  // What is nested too deeply nobody will read, and is not to be walked through.
  const texts = isTooDeep(upload.value) ? [] : [...filesIn(upload.value)];
  const placed = new Set(texts.map((text) => indexOfToken(text, prefix)));
  const files = runs.filter((_, index) => placed.has(index));
  return withRoom(files.length === runs.length ? upload : parseWithout(files, bytes));
}

/** Parses a JSON body that holds no large files. @throws SyntaxError */
export const parseText = (text: string): Upload =>
  parsed(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);

const parsed = (text: string): Upload => ({ value: JSON.parse(text), attachments: NO_ATTACHMENTS });

const BYTE_ORDER_MARK = "\ufeff";

function withRoom({ value, attachments }: Upload): Upload {
  const [file, ...others] = attachments.files;
  const room = file && others.length === 0 ? roomAround(file) : undefined;
  return { value, attachments: room ? { ...attachments, room } : attachments };
}

function parseWithout(runs: readonly Run[], bytes: Uint8Array): Upload {
  const prefix = newPrefix();
  let text = "";
  let from = 0;
  for (const [index, { start, end }] of runs.entries()) {
    text += decode(bytes.subarray(from, start + KEPT), from === 0) + toToken(prefix, index);
    from = end;
  }
  text += decode(bytes.subarray(from), from === 0);
  const files = runs.map(({ start, end }) => bytes.subarray(start + KEPT, end));
  return { value: JSON.parse(text), attachments: { prefix, files } };
}

/** A byte order mark is one at the start of a body only. */
const START = new TextDecoder("utf-8", { fatal: true });
const REST = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Base64 is ASCII, so no character is cut. */
const decode = (bytes: Uint8Array, isStart = true): string => (isStart ? START : REST).decode(bytes);
