import type { Agent, AgentOptions, ClientRequest } from "node:http";
import { Agent as HttpsAgent, type RequestOptions } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { http } from "../node-http.ts";
import { bound, PROBE_MS } from "../bound.ts";
import { watchReuse } from "./watch-reuse.ts";
import { openTunnel } from "../tunnel.ts";

/** How sockets are kept. */
export interface Keeping {
  /** The proxy that they lead through. */
  proxy?: URL | undefined;
  /** Whether a socket serves again after its answer. */
  keepAlive: boolean;
  /** Milliseconds for a connection to come about, those through the proxy and of TLS each. */
  connect: number;
  /** Milliseconds that a socket is kept without a request. */
  idle: number;
}

export interface Agents {
  httpAgent: Agent;
  httpsAgent: HttpsAgent;
}

/** What holds the sockets of one way to AWS. */
export const createAgents = (keeping: Keeping): Agents => ({
  httpAgent: new KeptHttp(keeping),
  httpsAgent: new KeptHttps(keeping),
});

type Made = Duplex | null | undefined;
type Created = (error: Error | null, socket: Duplex) => void;

const optionsOf = ({ keepAlive, idle }: Keeping): AgentOptions => ({
  keepAlive,
  keepAliveMsecs: PROBE_MS,
  maxSockets: Infinity,
  // To Node's agent it is the bound on sockets that serve nobody; what a request waits for has bounds of its own.
  timeout: idle,
});

/** Of the agent's own bound on idleness a socket needs no timer before it has served: every read would restart it. */
const AT_WORK: RequestOptions = { timeout: undefined };

/** Which sockets serve a request. Node's own name tells two dozen options more, which all requests here have in common. */
const nameOf = ({ host, port, servername = "" }: RequestOptions): string => `${host}:${port}:${servername}`;

class KeptHttp extends http.Agent {
  readonly #keeping: Keeping;

  constructor(keeping: Keeping) {
    super(optionsOf(keeping));
    this.#keeping = keeping;
  }

  override createConnection(options: RequestOptions, created?: Created): Made {
    const direct = (): Made =>
      bound(super.createConnection({ ...options, ...AT_WORK }), "connect", this.#keeping.connect);
    return connect(this.#keeping, options, created, (through) => through ?? direct());
  }

  override getName(options: RequestOptions): string {
    return nameOf(options);
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    super.reuseSocket(socket, request);
    watchReuse(request);
  }
}

class KeptHttps extends HttpsAgent {
  readonly #keeping: Keeping;

  constructor(keeping: Keeping) {
    super(optionsOf(keeping));
    this.#keeping = keeping;
  }

  override createConnection(options: RequestOptions, created?: Created): Made {
    const secure = (socket?: Socket): Made =>
      bound(
        super.createConnection({ ...options, ...AT_WORK, ...(socket && { socket }) }),
        "secureConnect",
        this.#keeping.connect,
      );
    return connect(this.#keeping, options, created, secure);
  }

  override getName(options: RequestOptions): string {
    return nameOf(options);
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    super.reuseSocket(socket, request);
    watchReuse(request);
  }
}

/** @param open Makes the socket that requests are written to, on the tunnel where there is one. */
function connect(
  keeping: Keeping,
  { host, port }: RequestOptions,
  created: Created | undefined,
  open: (through?: Socket) => Made,
): Made {
  const { proxy } = keeping;
  if (!proxy) return open();
  openTunnel(proxy, { host: host ?? "", port: port ?? 443 }, keeping.connect)
    .then((socket) => open(socket.setKeepAlive(true, PROBE_MS).setNoDelay(true)) as Duplex)
    .then(
      (socket) => created?.(null, socket),
      (error: Error) => created?.(error, undefined as never),
    );
  return undefined;
}
