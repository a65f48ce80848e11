import { join } from "../../http/join.ts";
import { InOnePiece } from "./in-one-piece.ts";
import type { Delivery } from "./parcel.ts";

/** Far above any answer of a model; a bound all the same. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

const decoder = new TextDecoder();

export const readText = async (body: AsyncIterable<Uint8Array>): Promise<string> =>
  decoded(await readPieces(body));

/** The text of what came in pieces. */
export function decoded(pieces: readonly Uint8Array[]): string {
  const { bytes, release } = join([...pieces]);
  const text = decoder.decode(bytes);
  release();
  return text;
}

async function readPieces(body: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  if (body instanceof InOnePiece) return [body.bytes];
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > MAX_RESPONSE_BYTES) throw new Error("Bedrock's answer is larger than any model's.");
    pieces.push(piece);
  }
  return pieces;
}

type Answer = Pick<Delivery, "body" | "output">;

/** A whole answer; a test double of the SDK's client answers with its bytes, or their text, itself. */
export async function readAnswer({ body, output }: Answer): Promise<Uint8Array[]> {
  if (output === undefined) return readPieces(body);
  const { body: said = "" } = output as { body?: Uint8Array | string };
  return [typeof said === "string" ? Buffer.from(said) : said];
}

/** The text of a whole answer. */
export const answerText = async (delivery: Answer): Promise<string> => decoded(await readAnswer(delivery));
