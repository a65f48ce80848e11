import {
  createSecureServer,
  type Http2SecureServer,
  type SecureServerOptions,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { type Certificate, STAND_IN } from "./certificates.ts";

/** A stream as the host sees it. */
export interface Heard {
  stream: ServerHttp2Stream;
  path: string;
  headers: Readonly<Record<string, unknown>>;
  /** What came with it. */
  body: Promise<Buffer>;
  /** Which connection it is on, from 0. */
  connection: number;
}

export interface Http2Host {
  port: number;
  server: Http2SecureServer;
  /** All streams so far. */
  heard: Heard[];
  /** Connections so far. */
  connections(): number;
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

/** Makes this process trust these certificates, as NODE_EXTRA_CA_CERTS would. */
export const trust = (...certificates: readonly Certificate[]): void =>
  setDefaultCACertificates([...getCACertificates("default"), ...certificates.map(({ cert }) => cert)]);

export const trustStandIn = (): void => trust(STAND_IN);

/** A host that speaks HTTP/2 over TLS; what it answers is the test's affair. */
export async function openHttp2Host(
  answer: (heard: Heard) => void,
  options: SecureServerOptions = {},
): Promise<Http2Host> {
  const server = createSecureServer({ ...STAND_IN, ...options });
  const ports: (number | undefined)[] = [];
  const open = new Set<Socket>();
  const heard: Heard[] = [];
  server.on("connection", (socket: Socket) => {
    ports.push(socket.remotePort);
    open.add(socket);
    socket.on("error", () => undefined).once("close", () => open.delete(socket));
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    const { remotePort } = stream.session!.socket as TLSSocket;
    const connection = ports.indexOf(remotePort);
    const each = { stream, path: String(headers[":path"]), headers, body: bodyOf(stream), connection };
    heard.push(each);
    answer(each);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    server,
    heard,
    connections: () => ports.length,
    open: () => open.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

const bodyOf = (stream: ServerHttp2Stream): Promise<Buffer> =>
  new Promise((resolve) => {
    const pieces: Buffer[] = [];
    stream.on("data", (bytes: Buffer) => pieces.push(bytes));
    stream.once("end", () => resolve(Buffer.concat(pieces)));
  });
