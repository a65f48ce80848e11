import type { Delivery } from "./parcel.ts";

/** Far above any answer of a model; a bound all the same. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/** The text of a whole answer; a test double of the SDK's client answers with the bytes themselves. */
export async function wholeText({ body, output }: Pick<Delivery, "body" | "output">): Promise<string> {
  if (output === undefined) return readText(body);
  const { body: said = "" } = output as { body?: Uint8Array | string };
  return typeof said === "string" ? said : new TextDecoder().decode(said);
}

export async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_RESPONSE_BYTES) throw new Error("Bedrock's answer is larger than any model's.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
