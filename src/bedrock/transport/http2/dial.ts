import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { serverNameOf } from "../asked.ts";
import { bound, PROBE_MS } from "../bound.ts";
import { openTunnel } from "../tunnel.ts";

/** A host, and the way to it. */
export interface Way {
  host: string;
  port: number;
  /** The proxy that the way leads through. */
  proxy: URL | undefined;
  /** Milliseconds for a connection to come about, those through the proxy and of TLS each. */
  connect: number;
}

/**
 * A TLS socket to a host that was offered HTTP/2 before HTTP/1.1: its `alpnProtocol` says what the host chose.
 * @param ticket Of a connection before, so that the handshake is a short one.
 * @param signal Gives it up.
 * @throws what a connection over HTTP/1.1 fails with.
 */
export async function dial(way: Way, ticket: Buffer | undefined, signal: AbortSignal): Promise<TLSSocket> {
  const { host, port, proxy } = way;
  const through = proxy && (await openTunnel(proxy, { host, port }, way.connect));
  through?.setKeepAlive(true, PROBE_MS);
  const options: ConnectionOptions = {
    host,
    port,
    servername: serverNameOf(host),
    ALPNProtocols: ["h2", "http/1.1"],
    ...(ticket && { session: ticket }),
    ...(through && { socket: through }),
  };
  const socket = connect(options).setKeepAlive(true, PROBE_MS);
  return secured(bound(socket, "secureConnect", way.connect), signal);
}

function secured(socket: TLSSocket, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const leave = (): void => void socket.destroy(signal.reason as Error);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    socket.once("secureConnect", () => {
      signal.removeEventListener("abort", leave);
      resolve(socket);
    });
    socket.once("error", reject);
  });
}
