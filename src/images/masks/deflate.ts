/** Zlib's streams are the platform's own. */
const through = (bytes: Uint8Array<ArrayBuffer>, stream: TransformStream): ReadableStream<Uint8Array> =>
  new Blob([bytes]).stream().pipeThrough(stream) as ReadableStream<Uint8Array>;

/**
 * What is deflated, and is to be of this size: a file may be a thousand times as large as it looks.
 * @throws Error for more, for less, and for what is not deflated at all. No more than `size` is ever held.
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const inflated = new Uint8Array(size);
  let filled = 0;
  for await (const piece of through(bytes, new DecompressionStream("deflate"))) {
    if (filled + piece.length > size) throw new Error("More pixels than the header tells.");
    inflated.set(piece, filled);
    filled += piece.length;
  }
  if (filled < size) throw new Error("Fewer pixels than the header tells.");
  return inflated;
}

export const deflate = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(through(bytes, new CompressionStream("deflate"))).arrayBuffer());
