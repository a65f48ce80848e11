/** Far above any answer of a model; a bound all the same. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

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
