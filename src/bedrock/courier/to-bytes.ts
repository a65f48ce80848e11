import { parseExact } from "../../conversation/exact-json.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { type Attachments, withFiles } from "../../http/attachments.ts";

/** An escaped half of a surrogate pair, after an even number of backslashes. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * A body as the JSON that AWS reads: byte for byte what JSON.stringify makes of it, but for the files, which are
 * put in the place of their tokens, and halves of a character, which models refuse. Message by message, so that one
 * character beyond Latin-1 does not make all of it wide.
 */
export function toBytes(body: object, attachments: Attachments): Uint8Array {
  return join(toJson(body).flatMap((json) => withFiles(wellFormed(json), attachments)));
}

/** What toBytes writes, as a value again. */
export const asWritten = (body: object, attachments: Attachments): JsonObject =>
  parseExact(new TextDecoder().decode(toBytes(body, attachments))) as JsonObject;

function toJson(body: object): string[] {
  const pieces: string[] = [];
  let before = "{";
  for (const [key, value] of Object.entries(body)) {
    if (value === undefined) continue;
    pieces.push(`${before}${JSON.stringify(key)}:`);
    if (key === "messages" && Array.isArray(value)) writeList(value, pieces);
    else pieces.push(JSON.stringify(value));
    before = ",";
  }
  pieces.push(before === "{" ? "{}" : "}");
  return pieces;
}

function writeList(items: readonly unknown[], pieces: string[]): void {
  let before = "[";
  for (const item of items) {
    pieces.push(before, JSON.stringify(item));
    before = ",";
  }
  pieces.push(before === "[" ? "[]" : "]");
}

const wellFormed = (json: string): string =>
  json.includes("\\ud") ? json.replaceAll(LONE_SURROGATE, "$1\ufffd") : json;

function join(pieces: readonly (string | Uint8Array)[]): Uint8Array {
  const sizes = pieces.map((piece) => Buffer.byteLength(piece));
  // Node's pool holds small ones, and is not kept from collection by a large one.
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece !== "string") bytes.set(piece, at);
    // Where every character is one byte, they are copied, not encoded.
    else bytes.write(piece, at, sizes[index] === piece.length ? "latin1" : "utf8");
    at += sizes[index]!;
  }
  return bytes;
}
