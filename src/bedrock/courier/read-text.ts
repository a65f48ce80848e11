import { free } from "../../http/free.ts";
import type { Delivery } from "./parcel.ts";

/** Far above any answer of a model; a bound all the same. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The bytes of a whole answer. */
export interface Whole {
  bytes: Uint8Array;
  /** Gives back the memory that they were put together in; nobody can read them any more. */
  release(): void;
}

export const readText = async (body: AsyncIterable<Uint8Array>): Promise<string> =>
  decoded(await readBytes(body));

function decoded({ bytes, release }: Whole): string {
  const text = decoder.decode(bytes);
  release();
  return text;
}

/** @param announced Bytes, as far as is known: each piece is then put in its place at once. */
async function readBytes(body: AsyncIterable<Uint8Array>, announced = 0): Promise<Whole> {
  let whole: Uint8Array = new Uint8Array();
  let isOurs = false;
  let size = 0;
  for await (const chunk of body) {
    const end = size + chunk.byteLength;
    if (end > MAX_RESPONSE_BYTES) throw new Error("Bedrock's answer is larger than any model's.");
    // What comes in one piece stays as it is.
    if (size === 0 && end >= announced) whole = chunk;
    else {
      if (end > whole.byteLength) {
        const room = Math.max(end, size * 2, Math.min(announced, MAX_RESPONSE_BYTES));
        const larger = enlarged(whole.subarray(0, size), room);
        if (isOurs) free(whole.buffer);
        whole = larger;
        isOurs = true;
      }
      whole.set(chunk, size);
    }
    size = end;
  }
  return { bytes: whole.subarray(0, size), release: () => isOurs && free(whole.buffer) };
}

function enlarged(bytes: Uint8Array, size: number): Uint8Array {
  const larger = Buffer.allocUnsafeSlow(size);
  larger.set(bytes);
  return larger;
}

type Answer = Pick<Delivery, "headers" | "body" | "output">;

/** The bytes of a whole answer; a test double of the SDK's client answers with them, or their text, itself. */
export async function readWhole({ headers, body, output }: Answer): Promise<Whole> {
  if (output === undefined) return readBytes(body, Number(headers["content-length"]) || 0);
  const { body: said = "" } = output as { body?: Uint8Array | string };
  return { bytes: typeof said === "string" ? encoder.encode(said) : said, release() {} };
}

/** The text of a whole answer. */
export const answerText = async (delivery: Answer): Promise<string> => decoded(await readWhole(delivery));
