/** Requests whose body is a text of this process. */
const texts = new WeakMap<Request, string>();

/** A text as a request's body, which is not encoded as long as nobody reads it as a stream. */
export const asStream = (text: string): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (text !== "") controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );

export const lendText = (request: Request, text: string): unknown => texts.set(request, text);

/** The text that a body is, once; undefined where it is none, or somebody has begun to read it. */
export function takeText(request: Request): string | undefined {
  const text = texts.get(request);
  // A door's request makes a stream of its body when it is asked for that.
  if (text === undefined || request.bodyUsed || request.body?.locked) return undefined;
  texts.delete(request);
  return text;
}
