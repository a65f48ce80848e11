import { parseExact } from "../../conversation/exact-json.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { type Attachments, withFiles } from "../../http/attachments.ts";
import type { Room } from "../../http/room.ts";

/** An escaped half of a surrogate pair, after an even number of backslashes. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * A body as the JSON that AWS reads: byte for byte what JSON.stringify makes of it, but for the files, which are
 * put in the place of their tokens, and halves of a character, which models refuse. Message by message, so that one
 * character beyond Latin-1 does not make all of it wide. The only file of a request stays where it came, if there is room
 * around it for the rest.
 */
export function toBytes(body: object, attachments: Attachments): Uint8Array {
  const pieces = toJson(body);
  // To measure and to write a piece costs as much as a hundred characters of it.
  if (attachments.files.length === 0 && isSmall(pieces)) return Buffer.from(wellFormed(pieces.join("")));
  return join(
    pieces.flatMap((json) => withFiles(wellFormed(json), attachments)),
    attachments.room,
  );
}

/** Characters of a body that may all be wide for the sake of one. */
const SMALL = 16 * 1024;

const isSmall = (pieces: readonly string[]): boolean => sumOf(pieces.map(({ length }) => length)) <= SMALL;

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

/** Simple, as it looks at every character. */
const MAYBE_LONE = /\\ud[89a-f]/;

const wellFormed = (json: string): string =>
  MAYBE_LONE.test(json) ? json.replaceAll(LONE_SURROGATE, "$1\ufffd") : json;

type Piece = string | Uint8Array;

function join(pieces: readonly Piece[], room: Room | undefined): Uint8Array {
  const sizes = pieces.map((piece) => Buffer.byteLength(piece));
  // Node's pool holds small ones, and is not kept from collection by a large one.
  const bytes = (room && takeRoom(pieces, sizes, room)) ?? Buffer.allocUnsafe(sumOf(sizes));
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const size = sizes[index]!;
    // Where every character is one byte, they are copied, not encoded.
    if (typeof piece === "string") bytes.write(piece, at, size === piece.length ? "latin1" : "utf8");
    else if (!standsAt(bytes, at, piece)) bytes.set(piece, at);
    at += size;
  }
  return bytes;
}

/** The memory around the file that the pieces hold once, just as large as they are. */
function takeRoom(pieces: readonly Piece[], sizes: readonly number[], room: Room): Buffer | undefined {
  const [file, ...others] = [...pieces.keys()].filter((index) => typeof pieces[index] !== "string");
  if (file === undefined || others.length > 0) return undefined;
  const taken = room.take(sumOf(sizes.slice(0, file)), sumOf(sizes.slice(file + 1)));
  return taken && Buffer.from(taken.buffer, taken.byteOffset, taken.byteLength);
}

const sumOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

const standsAt = (bytes: Uint8Array, at: number, piece: Uint8Array): boolean =>
  bytes.buffer === piece.buffer && bytes.byteOffset + at === piece.byteOffset;
