import type { Duplex } from "node:stream";

/** NAT gateways drop what is silent for 350 seconds: a connection on which a model thinks is probed meanwhile. */
export const PROBE_MS = 30_000;

/** Node has no bound of its own on a TLS handshake, and the kernel's on connecting is minutes. */
export function bound<Made extends Duplex | null | undefined>(
  socket: Made,
  event: "connect" | "secureConnect",
  ms: number,
): Made {
  const expire = (): void => {
    const late = new Error(`No connection came about within ${ms} ms.`);
    socket?.destroy(Object.assign(late, { code: "ETIMEDOUT", syscall: "connect" }));
  };
  const timer = setTimeout(expire, ms);
  // Connected, it keeps nothing of this for as long as it lasts.
  const clear = (): void => {
    clearTimeout(timer);
    socket?.off(event, clear).off("close", clear);
  };
  socket?.once(event, clear).once("close", clear);
  return socket;
}
