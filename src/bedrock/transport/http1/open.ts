import type { OnReadOpts, Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { serverNameOf } from "../asked.ts";
import { bound, PROBE_MS } from "../bound.ts";

/** Where a connection leads. */
export interface Far {
  /** `https:` or `http:`. */
  protocol: string;
  host: string;
  port: number;
}

const net = process.getBuiltinModule("node:net");

/** A socket, on its way. @param patience Milliseconds for it to come about. */
export function openPlain({ host, port }: Far, onread: OnReadOpts, patience: number): Socket {
  const socket = net.connect({
    host,
    port,
    onread,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: PROBE_MS,
  });
  return bound(socket, "connect", patience);
}

/**
 * The same with TLS, whose handshake counts.
 * @param ticket Of a connection before, so that the handshake is a short one.
 * @param onTicket Is given another one.
 */
export function openSecure(
  { host, port }: Far,
  onread: OnReadOpts,
  patience: number,
  ticket: Buffer | undefined,
  onTicket: (ticket: Buffer) => void,
): Socket {
  // Of which Node's types know nothing, though its documentation does.
  const options: ConnectionOptions & { onread: OnReadOpts } = {
    host,
    port,
    onread,
    servername: serverNameOf(host),
    ALPNProtocols: ["http/1.1"],
    ...(ticket && { session: ticket }),
  };
  const socket = process.getBuiltinModule("node:tls").connect(options);
  socket.setNoDelay(true).setKeepAlive(true, PROBE_MS).on("session", onTicket);
  return bound(socket, "secureConnect", patience);
}
