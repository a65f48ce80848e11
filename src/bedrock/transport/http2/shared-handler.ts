import { type Answer, type Asked, hostOf, type Sending } from "../asked.ts";
import { abortError } from "../failures.ts";
import { isStale } from "../stale.ts";
import type { Way } from "./dial.ts";
import { exchange } from "./exchange.ts";
import type { Session, SessionBounds } from "./session.ts";
import { Sessions } from "./sessions.ts";

/** Asks over shared sessions. Undefined where the host speaks HTTP/1.1 alone: it has read nothing then. */
export type SharedHandler = (
  asked: Asked,
  bytes: Uint8Array | string | undefined,
  sending: Sending,
) => Promise<Answer | undefined>;

/** How often a request is sent that nobody has read: a burst may meet a host that takes few streams, again and again. */
const MOST_TRIES = 4;

const HTTPS = 443;

/** Many requests on one connection, to as many hosts as are named. */
export function createSharedHandler(
  { proxy, connect }: Pick<Way, "proxy" | "connect">,
  bounds: SessionBounds,
): SharedHandler {
  const hosts = new Map<string, Sessions>();

  const sessionsOf = ({ hostname, port = HTTPS }: Asked): Sessions => {
    const key = `${hostname}:${port}`;
    const host = hostOf({ hostname });
    const sessions = hosts.get(key) ?? new Sessions({ host, port, proxy, connect }, bounds);
    hosts.set(key, sessions);
    return sessions;
  };

  return async (asked, bytes, { abortSignal: signal, requestTimeout: patience = 0 }) => {
    const sessions = sessionsOf(asked);
    const onHttp1 = (): void => sessions.goWithout();
    let refused: Session | undefined;
    for (let tries = 1; !sessions.isWithout; tries += 1) {
      if (signal?.aborted) throw abortError(signal.reason);
      const session = sessions.enter(refused);
      try {
        if (!(await opened(session, signal))) onHttp1();
        else return await exchange(session, asked, bytes, { signal, patience, onHttp1 });
      } catch (thrown) {
        if (!isStale(thrown) || tries === MOST_TRIES || signal?.aborted) throw thrown;
        refused = session;
      }
    }
    return undefined;
  };
}

/**
 * Waits for a session that has been entered, and leaves it where nothing comes of it.
 * @param signal Has not been aborted yet.
 */
async function opened(session: Session, signal: AbortSignal | undefined): Promise<boolean> {
  let leave: (() => void) | undefined;
  const left = new Promise<never>((_, reject) => {
    leave = (): void => reject(abortError(signal?.reason));
    signal?.addEventListener("abort", leave, { once: true });
  });
  let isOpen = false;
  try {
    return (isOpen = await Promise.race([session.opened.catch(throwCopy), left]));
  } finally {
    signal?.removeEventListener("abort", leave!);
    if (!isOpen) session.leave();
  }
}

/** Many may wait for a connection, and the SDK writes into errors. */
function throwCopy(failure: Error): never {
  throw Object.assign(new Error(failure.message, { cause: failure }), failure);
}
