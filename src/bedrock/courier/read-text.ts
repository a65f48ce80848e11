import type { Delivery } from "./parcel.ts";

/** Far above any answer of a model; a bound all the same. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export const readText = async (body: AsyncIterable<Uint8Array>): Promise<string> =>
  decoder.decode(await readBytes(body));

async function readBytes(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_RESPONSE_BYTES) throw new Error("Bedrock's answer is larger than any model's.");
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** The bytes of a whole answer; a test double of the SDK's client answers with them, or their text, itself. */
export async function wholeBytes({ body, output }: Pick<Delivery, "body" | "output">): Promise<Uint8Array> {
  if (output === undefined) return readBytes(body);
  const { body: said = "" } = output as { body?: Uint8Array | string };
  return typeof said === "string" ? encoder.encode(said) : said;
}

export const wholeText = async (delivery: Pick<Delivery, "body" | "output">): Promise<string> =>
  decoder.decode(await wholeBytes(delivery));
