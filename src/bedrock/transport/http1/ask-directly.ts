import { type Asked, hostOf, portOf, type Sending } from "../asked.ts";
import { abortError } from "../failures.ts";
import { isStale } from "../stale.ts";
import { type Bounds, Connections } from "./connections.ts";
import type { Answered } from "./exchange.ts";
import { headOf } from "./request-head.ts";

/** Asks over HTTP/1.1. Undefined for what wants something of its connection: nothing has been sent then. */
export type AskDirectly = (
  asked: Asked,
  body: string | Uint8Array | undefined,
  sending: Sending,
) => Promise<Answered> | undefined;

/**
 * On connections that are kept, and without Node's own client: two streams for each socket, and what belongs to every request and
 * every answer there, cost more than all that is done with most answers.
 * @throws What Node's client fails with: an error of its network, by its name a `TimeoutError` where the connection was lost; `AbortError`.
 */
export function createAskDirectly(bounds: Bounds): AskDirectly {
  const hosts = new Map<string, Connections>();

  const connectionsWith = (asked: Asked): Connections => {
    const { protocol } = asked;
    const port = portOf(asked);
    const key = `${protocol}${asked.hostname}:${port}`;
    let connections = hosts.get(key);
    if (!connections) {
      connections = new Connections({ protocol, host: hostOf(asked), port }, bounds);
      hosts.set(key, connections);
    }
    return connections;
  };

  return (asked, body, sending) => {
    // While the way was looked for.
    if (sending.abortSignal?.aborted) throw abortError(sending.abortSignal.reason);
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    const head = headOf(asked, bytes?.byteLength ?? 0);
    if (head === undefined) return undefined;
    const connections = connectionsWith(asked);
    const askAnew = (): Promise<Answered> => connections.open().ask(head, asked, bytes, sending);
    const kept = connections.take();
    if (!kept) return askAnew();
    return kept.ask(head, asked, bytes, sending).catch((thrown: unknown) => {
      if (!isStale(thrown) || sending.abortSignal?.aborted) throw thrown;
      return askAnew();
    });
  };
}
