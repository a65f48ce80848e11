import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type OutgoingHttpHeaders,
} from "node:http2";
import type { TLSSocket } from "node:tls";
import { unref } from "../../../http/unref.ts";

/** Bounds on a session: milliseconds, and streams at the same time. */
export interface SessionBounds {
  /** That it is kept without a stream. */
  idle: number;
  /** That may pass without a word from the host before it is asked for one. */
  probe: number;
  /** For the word that it was asked for. */
  patience: number;
}

/** What a session tells whoever holds it. */
export interface SessionEvents {
  /** How many streams the host takes at the same time. */
  onRoom(streams: number): void;
  /** Resumes TLS in the next connection. */
  onTicket(ticket: Buffer): void;
  onClose(): void;
}

/** What a stream may have on its way unread, and all streams of a session: a picture's worth, over a slow line. */
const STREAM_WINDOW = 256 * 1024;
const SESSION_WINDOW = 4 * 1024 * 1024;

/** Node counts the bodies of requests that are on their way as its memory, and beyond its own 10 MB refuses answers. In MB. */
const SESSION_MEMORY = 4_000;

/** While a large request is on its way: five minutes. */
const MOST_DOUBTS = 10;

/** One connection of HTTP/2, from the first attempt at it, and those who use it. */
export class Session {
  /** Whether the host speaks HTTP/2. @throws what connecting fails with. */
  readonly opened: Promise<boolean>;
  /** Streams so far. */
  served = 0;
  /** The last stream that the host has read or will read. */
  lastRead = Infinity;
  #users = 0;
  #isOver = false;
  /** How often it was asked for a word in vain. */
  #doubts = 0;
  #rested = performance.now();
  #heard = 0;
  #socket: TLSSocket | undefined;
  #http2: ClientHttp2Session | undefined;
  #resting: NodeJS.Timeout | undefined;
  readonly #streams = new Set<ClientHttp2Stream>();
  readonly #dialling = new AbortController();
  readonly #bounds: SessionBounds;
  readonly #events: SessionEvents;

  constructor(
    dial: (signal: AbortSignal) => Promise<TLSSocket>,
    bounds: SessionBounds,
    events: SessionEvents,
  ) {
    this.#bounds = bounds;
    this.#events = events;
    this.opened = dial(this.#dialling.signal).then(
      (socket) => this.#begin(socket),
      (error: unknown) => {
        this.#end();
        throw error;
      },
    );
    // Whoever used it may have left.
    this.opened.catch(() => undefined);
  }

  /** Those who use it or wait for it. */
  get users(): number {
    return this.#users;
  }

  /** Takes no more streams: it failed, is closed or given up, may be dead, or the host has asked to leave. */
  get isOver(): boolean {
    const isGivenUp = this.#isOver || this.#doubts > 0 || this.#dialling.signal.aborted;
    return isGivenUp || this.#http2?.closed === true || this.#http2?.destroyed === true;
  }

  /** Bytes so far. */
  get heard(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  /** From now on until `leave` somebody waits for it or has a stream on it. */
  enter(): void {
    this.#users += 1;
    if (this.#users > 1) return;
    clearTimeout(this.#resting);
    this.#http2?.ref();
    // What lay between may have forgotten it. Nobody waits for the answer, but the request does not wait in vain.
    if (performance.now() - this.#rested > this.#bounds.probe) this.#prove();
  }

  leave(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    if (this.#http2) this.#rest(this.#http2);
    else this.#dialling.abort(new Error("Nobody waits for the connection any more."));
  }

  /** A stream on it, which whoever has entered may open; it has been opened. @throws TypeError for what HTTP/2 cannot say. */
  request(head: OutgoingHttpHeaders, isEmpty: boolean): ClientHttp2Stream {
    const stream = this.#http2!.request(head, { endStream: isEmpty });
    this.served += 1;
    this.#streams.add(stream);
    stream.once("close", () => this.#streams.delete(stream));
    return stream;
  }

  #begin(socket: TLSSocket): boolean {
    const { onRoom, onTicket } = this.#events;
    if (socket.alpnProtocol !== "h2") {
      socket.destroy();
      this.#end();
      return false;
    }
    socket.on("session", onTicket);
    // Every request names its host itself.
    const http2 = connect("https://host", {
      createConnection: () => socket,
      maxSessionMemory: SESSION_MEMORY,
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
    });
    http2.setLocalWindowSize(SESSION_WINDOW);
    const probing = unref(setInterval(() => this.#listen(), this.#bounds.probe));
    http2.on("remoteSettings", ({ maxConcurrentStreams = Infinity }) => onRoom(maxConcurrentStreams));
    http2.on("goaway", (_, lastRead) => (this.lastRead = lastRead));
    // Its streams fail with it, and say so.
    http2.on("error", () => undefined);
    http2.once("close", () => {
      clearInterval(probing);
      clearTimeout(this.#resting);
      this.#end();
    });
    this.#socket = socket;
    this.#http2 = http2;
    // Whoever waited for it may have left in this very moment.
    if (this.#users === 0) this.#rest(http2);
    return true;
  }

  /** Nobody uses it: it keeps no process from ending, and ends after a while, whether or not its host agrees. */
  #rest(http2: ClientHttp2Session): void {
    this.#rested = performance.now();
    http2.unref();
    this.#resting = unref(setTimeout(() => http2.destroy(), this.#bounds.idle));
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.onClose();
  }

  /** A host that has said nothing since the last time is asked whether it is there. */
  #listen(): void {
    const isSilent = this.heard === this.#heard;
    this.#heard = this.heard;
    if (!isSilent) this.#doubts = 0;
    else if (this.#users > 0) this.#prove();
  }

  /** The system has not taken all that was written. */
  get #isSending(): boolean {
    return [...this.#streams].some(({ writableFinished }) => !writableFinished);
  }

  #prove(): void {
    const http2 = this.#http2;
    if (!http2 || http2.destroyed) return;
    const { heard } = this;
    const expire = (): void => {
      if (this.heard > heard || http2.destroyed) return;
      this.#doubts += 1;
      // The ping stands behind that: the host may be alive, and its line slow.
      if (this.#isSending && this.#doubts < MOST_DOUBTS) return;
      const silent = new Error(`Nothing was heard of the host for ${this.#bounds.patience} ms.`);
      http2.destroy(Object.assign(silent, { code: "ECONNRESET" }));
    };
    // Where this process itself was busy for so long, what has come meanwhile is read first.
    const timer = unref(setTimeout(() => setImmediate(expire), this.#bounds.patience));
    // Node sends no more where ten are unanswered.
    http2.ping((failure) => failure ?? clearTimeout(timer));
  }
}
