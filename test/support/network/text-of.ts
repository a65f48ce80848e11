type Body = AsyncIterable<Uint8Array> | Uint8Array;

/** What a request handler answers: bytes where all came at once, otherwise a stream. */
export async function textOf(body: Body, encoding: "utf8" | "latin1" = "utf8"): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body).toString(encoding);
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString(encoding);
}
