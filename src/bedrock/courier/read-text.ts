import type { Delivery } from "./parcel.ts";

/** Far above any answer of a model; a bound all the same. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export const readText = async (body: AsyncIterable<Uint8Array>): Promise<string> =>
  decoder.decode(await readBytes(body));

/** @param announced Bytes, as far as is known: each piece is then put in its place at once. */
async function readBytes(body: AsyncIterable<Uint8Array>, announced = 0): Promise<Uint8Array> {
  let whole: Uint8Array = new Uint8Array();
  let size = 0;
  for await (const chunk of body) {
    const end = size + chunk.byteLength;
    if (end > MAX_RESPONSE_BYTES) throw new Error("Bedrock's answer is larger than any model's.");
    // What comes in one piece stays as it is.
    if (size === 0 && end >= announced) whole = chunk;
    else {
      if (end > whole.byteLength)
        whole = enlarged(
          whole.subarray(0, size),
          Math.max(end, size * 2, Math.min(announced, MAX_RESPONSE_BYTES)),
        );
      whole.set(chunk, size);
    }
    size = end;
  }
  return whole.subarray(0, size);
}

function enlarged(bytes: Uint8Array, size: number): Uint8Array {
  const larger = Buffer.allocUnsafeSlow(size);
  larger.set(bytes);
  return larger;
}

type Answer = Pick<Delivery, "headers" | "body" | "output">;

/** The bytes of a whole answer; a test double of the SDK's client answers with them, or their text, itself. */
export async function wholeBytes({ headers, body, output }: Answer): Promise<Uint8Array> {
  if (output === undefined) return readBytes(body, Number(headers["content-length"]) || 0);
  const { body: said = "" } = output as { body?: Uint8Array | string };
  return typeof said === "string" ? encoder.encode(said) : said;
}

export const wholeText = async (delivery: Answer): Promise<string> =>
  decoder.decode(await wholeBytes(delivery));
