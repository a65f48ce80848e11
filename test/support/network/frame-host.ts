import type { AddressInfo } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { STAND_IN } from "./certificates.ts";

/** Types of HTTP/2's frames, and codes of its errors. Source: RFC 9113, 6 and 7. */
const DATA = 0;
const HEADERS = 1;
const RST_STREAM = 3;
const SETTINGS = 4;
const PING = 6;
const GOAWAY = 7;
const WINDOW_UPDATE = 8;
export const NO_ERROR = 0;
export const INTERNAL_ERROR = 2;
export const REFUSED_STREAM = 7;
export const CANCEL = 8;
export const ENHANCE_YOUR_CALM = 11;
export const HTTP_1_1_REQUIRED = 13;

const PREFACE = 24;
const FRAME = 9;
const END = 1;
const ACK = 1;

/** A request, and what a host that obeys no rules may do about it. */
export interface Line {
  /** Which request it is, from 0, of all connections together. */
  request: number;
  connection: number;
  socket: TLSSocket;
  /** A 200, with this length where one is announced. */
  headers(length?: number): void;
  data(said: string | Uint8Array, isEnd?: boolean): void;
  reset(code: number): void;
  /** Lets the whole request be sent, however large. */
  takeAll(): void;
  /** @param lastRead The last stream that is read. */
  goAway(lastRead: number, code: number): void;
}

export interface FrameHost {
  port: number;
  connections(): number;
  /** Connections that are open. */
  open(): number;
  /** Pings so far. */
  pings(): number;
  /** Resets that the client has sent, by their codes. */
  resets: number[];
  close(): Promise<void>;
}

const uint32 = (...numbers: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * index);
  return bytes;
};

function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(FRAME);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** `:status: 200`, and `content-length` as a literal. Source: RFC 7541, appendix A. */
const status200 = (length?: number): Buffer => {
  const digits = Buffer.from(String(length ?? ""));
  const named = length === undefined ? [] : [Buffer.from([0x0f, 0x0d, digits.length]), digits];
  return Buffer.concat([Buffer.from([0x88]), ...named]);
};

const END_HEADERS = 4;

/**
 * A host of HTTP/2 over TLS that writes its frames itself, which Node's would not write so.
 * @param answersPings False for one that is there and says nothing any more.
 */
export async function openFrameHost(
  answer: (line: Line) => void,
  answersPings: () => boolean = () => true,
): Promise<FrameHost> {
  const sockets = new Set<TLSSocket>();
  const resets: number[] = [];
  let connections = 0;
  let requests = 0;
  let pings = 0;

  const lineOn = (socket: TLSSocket, connection: number, stream: number): Line => ({
    request: requests++,
    connection,
    socket,
    headers: (length) => void socket.write(frame(HEADERS, END_HEADERS, stream, status200(length))),
    data: (said, isEnd) => void socket.write(frame(DATA, isEnd ? END : 0, stream, Buffer.from(said))),
    reset: (code) => void socket.write(frame(RST_STREAM, 0, stream, uint32(code))),
    takeAll: () => {
      for (const each of [0, stream]) socket.write(frame(WINDOW_UPDATE, 0, each, uint32(2 ** 30)));
    },
    goAway: (lastRead, code) => void socket.write(frame(GOAWAY, 0, 0, uint32(lastRead, code))),
  });

  const server = createServer({ ...STAND_IN, ALPNProtocols: ["h2"] }, (socket) => {
    const connection = connections++;
    let held: Buffer = Buffer.alloc(0);
    let skip = PREFACE;
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    socket.write(frame(SETTINGS, 0, 0));
    socket.on("data", (bytes: Buffer) => {
      held = Buffer.concat([held, bytes]);
      while (held.length >= skip + FRAME && held.length >= skip + FRAME + held.readUIntBE(skip, 3)) {
        const size = held.readUIntBE(skip, 3);
        const [type, flags, stream] = [held[skip + 3], held[skip + 4]!, held.readUInt32BE(skip + 5)];
        const payload = held.subarray(skip + FRAME, skip + FRAME + size);
        held = held.subarray(skip + FRAME + size);
        skip = 0;
        if (type === RST_STREAM) resets.push(payload.readUInt32BE());
        if (type === SETTINGS && !(flags & ACK)) socket.write(frame(SETTINGS, ACK, 0));
        if (type === PING) pings += 1;
        if (type === PING && answersPings()) socket.write(frame(PING, ACK, 0, payload));
        if (type === HEADERS) answer(lineOn(socket, connection, stream));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    open: () => sockets.size,
    pings: () => pings,
    resets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
