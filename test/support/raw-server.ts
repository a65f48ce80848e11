import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** A request on a bare socket. What is answered, byte for byte, is the test's affair. */
export interface Line {
  readonly socket: Socket;
  /** The request line and the headers. */
  readonly head: string;
  readonly path: string;
  /** Which connection it is on, from 0. */
  readonly connection: number;
  /** Breaks the connection off by TCP, under what TLS there is. */
  reset(): void;
  /** The whole request has arrived. */
  readonly uploaded: Promise<void>;
}

/** `true`: the exchange is over and its connection idle. Otherwise it is over when the socket closes. */
export type Act = (line: Line) => boolean | Promise<boolean>;

export interface RawServer {
  readonly url: string;
  readonly port: number;
  /** Requests so far whose head has arrived. */
  readonly requests: number;
  /** Connections so far. */
  readonly connections: number;
  /** Connections that are open. */
  readonly open: number;
  /** Connections that are open and on which something is still to come: all but those between two requests. */
  readonly busy: number;
  /** What the next request gets; when the queue is empty, it is as `otherwise` says. */
  next(...acts: Act[]): void;
  close(): Promise<void>;
}

const END_OF_HEAD = "\r\n\r\n";

/** A server of bytes, which knows of HTTP only where a request ends. */
export async function openRawServer(otherwise: Act, tls?: { key: string; cert: string }): Promise<RawServer> {
  const queue: Act[] = [];
  const sockets = new Set<Socket>();
  const idle = new Set<Socket>();
  let requests = 0;
  let connections = 0;
  /** Under TLS, by the port at the other end. */
  const raw = new Map<number | undefined, Socket>();

  const serve = (line: Line): void => {
    const act = queue.shift() ?? otherwise;
    const { socket } = line;
    requests += 1;
    idle.delete(socket);
    // An act fails when its socket does.
    void Promise.resolve(act(line)).then(
      (isAnswered) => isAnswered && sockets.has(socket) && idle.add(socket),
      () => socket.destroy(),
    );
  };
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => {
      sockets.delete(socket);
      idle.delete(socket);
    });
    const connection = connections++;
    const below = tls ? raw.get(socket.remotePort) : socket;
    const reset = (): void => void below?.resetAndDestroy();
    readRequests(socket, (asked) => serve({ socket, connection, reset, ...asked }));
  };
  const server: Server = tls
    ? createTlsServer({ ...tls, noDelay: true }, accept).on("tlsClientError", () => undefined)
    : createServer({ noDelay: true }, accept);
  if (tls) server.on("connection", (socket: Socket) => raw.set(socket.remotePort, socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    get requests() {
      return requests;
    },
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    get busy() {
      return sockets.size - idle.size;
    },
    next: (...acts) => void queue.push(...acts),
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** One request after the other; nobody sends the next before the answer. */
function readRequests(
  socket: Socket,
  serve: (asked: Pick<Line, "head" | "path" | "uploaded">) => void,
): void {
  let head = "";
  let missing = 0;
  let finish = (): void => undefined;
  socket.on("data", (bytes: Buffer) => {
    if (missing > 0) {
      missing -= bytes.length;
      if (missing <= 0) finish();
      return;
    }
    head += bytes.toString("latin1");
    const end = head.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const [, length = "0"] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
    missing = Number(length) - (head.length - end - END_OF_HEAD.length);
    const uploaded = new Promise<void>((resolve) => (finish = resolve));
    const path = head.split(" ", 2)[1] ?? "";
    serve({ head: head.slice(0, end), path, uploaded });
    if (missing <= 0) finish();
    head = "";
  });
}
