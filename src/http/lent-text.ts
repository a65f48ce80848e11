/** Bodies that are a text of this process, by the streams that they can also be read from. */
const texts = new WeakMap<ReadableStream, string>();

/** A text as a request's body, which is not encoded as long as nobody reads it as a stream. */
export function lendText(text: string): ReadableStream<Uint8Array> {
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (text !== "") controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  texts.set(stream, text);
  return stream;
}

/** The text that a body is, once; undefined where it is none, or somebody has begun to read it. */
export function takeText({ body, bodyUsed }: Request): string | undefined {
  if (!body || bodyUsed || body.locked) return undefined;
  const text = texts.get(body);
  texts.delete(body);
  return text;
}
