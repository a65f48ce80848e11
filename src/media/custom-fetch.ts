import type { Answer } from "./answer.ts";
import type { Deadline } from "./deadline.ts";

/** The operator's own way of downloading. */
export type CustomFetch = (url: string, signal: AbortSignal) => Promise<Response>;

export async function customFetch(url: URL, fetch: CustomFetch, deadline: Deadline): Promise<Answer> {
  deadline.signal.throwIfAborted();
  const answering = fetch(url.href, deadline.signal);
  const { status, headers, body } = await deadline.race(answering).catch((error: unknown) => {
    // What comes after all is not read, so it must not hold a connection either.
    void answering.then(({ body }) => body?.cancel()).catch(() => undefined);
    throw error;
  });
  return { status, header: (name) => headers.get(name), body: piecesOf(body?.getReader(), deadline) };
}

/** The pieces of a body that may not know the signal. Read or not, it is let go when the download ends. */
function piecesOf(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  { signal, race }: Deadline,
): AsyncIterable<unknown> {
  const letGo = (): void => void reader?.cancel().catch(() => undefined);
  signal.addEventListener("abort", letGo, { once: true });
  return {
    async *[Symbol.asyncIterator]() {
      while (reader) {
        const { done, value } = await race(reader.read());
        if (done) return;
        yield value;
      }
    },
  };
}
