import { Readable } from "node:stream";
import { ASK, type Askable, type Asker, promised } from "../../asked.ts";
import { keepShape } from "../../keep-shape.ts";

/** What a body's bytes come in. Leaving it lets go of the connection. */
export type Reads = AsyncIterator<Uint8Array, undefined, undefined>;

/** A stream that reads from memory gives all it has in one turn; a socket never gives as much. */
const AT_ONCE = 256 * 1024;

/** The bytes of a body as they arrive: what came in one turn of the event loop is one piece. */
export function readsOf(body: AsyncIterable<Uint8Array>): AsyncIterator<Uint8Array, unknown, undefined> {
  // That of a connection of ours tells by itself.
  if (ASK in body) return body as unknown as Reads;
  return body instanceof Readable ? new Arrivals(body) : body[Symbol.asyncIterator]();
}

const SOON = Promise.resolve();

/**
 * Node's own iterator over a stream looks for more after every piece, on a later tick; this one is told of each as the socket
 * reads it. A stream whose reader does not ask is paused, with what it had to give by then in hand. What the stream fails with is
 * told after what came before.
 */
class Arrivals implements Reads, Askable<Uint8Array> {
  readonly #stream: Readable;
  #arrived: Uint8Array[] = [];
  #size = 0;
  /** From the question until the answer is taken. */
  #asker: Asker<Uint8Array> | undefined;
  #isTelling = false;
  #hasBegun = false;
  #isPaused = false;
  #over: { failure?: unknown } | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    return promised<Uint8Array, undefined>(this);
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#end();
    this.#stream.destroy();
    return { done: true, value: undefined };
  }

  [ASK](asker: Asker<Uint8Array>): this {
    this.#asker = asker;
    if (this.#size > 0 || this.#over) this.#tellSoon();
    else if (!this.#hasBegun) this.#begin();
    else if (this.#isPaused) {
      this.#isPaused = false;
      this.#stream.resume();
    }
    return this;
  }

  #begin(): void {
    this.#hasBegun = true;
    const stream = this.#stream;
    // Not `finished` of Node's, of which an open stream keeps a dozen listeners and closures.
    const close = (): void => this.#end(stream.readableEnded ? undefined : (stream.errored ?? brokenOff()));
    if (stream.closed || stream.readableEnded) return close();
    stream
      .on("data", (bytes: Uint8Array) => this.#arrive(bytes))
      .on("end", () => this.#end())
      .on("error", (error) => this.#end(error))
      .on("close", close);
  }

  #arrive(bytes: Uint8Array): void {
    // As sent by a transport of the user's. Nothing in hand would be told as the end.
    if (bytes.byteLength === 0) return;
    // An empty list that grows makes room for seventeen.
    if (this.#size === 0) this.#arrived = [bytes];
    else this.#arrived.push(bytes);
    this.#size += bytes.byteLength;
    if (!this.#asker || this.#size >= AT_ONCE) {
      this.#isPaused = true;
      this.#stream.pause();
    }
    this.#tellSoon();
  }

  #end(failure?: unknown): void {
    this.#over ??= { failure };
    this.#tellSoon();
  }

  /** When all is there that came at once. */
  #tellSoon(): void {
    if (!this.#asker || this.#isTelling) return;
    this.#isTelling = true;
    void SOON.then(this.#tell);
  }

  readonly #tell = (): void => {
    const asker = this.#asker!;
    const taken = this.#arrived;
    this.#isTelling = false;
    this.#asker = undefined;
    if (this.#size > 0) {
      this.#arrived = [];
      this.#size = 0;
      asker.told({ done: false, value: taken.length === 1 ? taken[0]! : Buffer.concat(taken) });
    } else if (this.#over?.failure) asker.failed(this.#over.failure);
    else asker.told({ done: true, value: undefined });
  };
}

/** As Node says it. */
const brokenOff = (): Error =>
  Object.assign(new Error("Premature close"), { code: "ERR_STREAM_PREMATURE_CLOSE" });

keepShape(new Arrivals(Readable.from([])));
