import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";

export interface ProxySettings {
  /** `user:password`; without it everybody is let through. */
  auth?: string;
  /** Answers CONNECT with this status instead of a tunnel; 0 never answers. */
  status?: number;
  /** Where all tunnels end, whatever was asked for: the proxy stands in for the internet. */
  to: string;
  tls?: { key: string; cert: string };
  /** Tunnels open when it does. */
  opening?: Promise<void>;
}

export interface ConnectProxy {
  /** `127.0.0.1:PORT`. */
  host: string;
  /** What was asked for, in order: `bedrock-runtime.us-east-1.amazonaws.com:443`. */
  asked: string[];
  /** Requests that came without a tunnel, which would show the proxy what they say. */
  seen: string[];
  close(): Promise<void>;
}

const allows = ({ auth }: ProxySettings, { headers }: IncomingMessage): boolean =>
  auth === undefined || headers["proxy-authorization"] === `Basic ${Buffer.from(auth).toString("base64")}`;

/** A proxy as companies have it: tunnels by CONNECT, and nothing else. */
export async function startConnectProxy(settings: ProxySettings): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const seen: string[] = [];
  const server = settings.tls ? createTlsServer(settings.tls) : createServer();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).once("close", () => sockets.delete(socket));
  };
  server.on("connection", keep).on("request", ({ method, url }: IncomingMessage, response) => {
    seen.push(`${method} ${url}`);
    response.writeHead(405).end();
  });
  server.on("connect", async (request: IncomingMessage, socket: Socket) => {
    keep(socket);
    asked.push(request.url ?? "");
    await settings.opening;
    const status = allows(settings, request) ? (settings.status ?? 200) : 407;
    if (status === 0) return;
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const { hostname, port } = new URL(settings.to);
    const far = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      far.pipe(socket).pipe(far);
    });
    keep(far);
    socket.once("close", () => far.destroy());
    far.once("close", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
