import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { ResolvedOptions } from "../../options.ts";
import { createAgents } from "./agents.ts";
import { PROBE_MS } from "./bound.ts";
import type { Asked } from "./http2/head.ts";
import type { Sending, SharedHandler } from "./http2/shared-handler.ts";
import { proxyFor } from "./proxy.ts";
import { isStale } from "./stale.ts";

type Handle = NodeHttpHandler["handle"];
type Answer = Awaited<ReturnType<Handle>>;

/** What an AWS SDK client takes as its `requestHandler`; those of STS and SSO too. */
export type RequestHandler = Extract<
  NonNullable<BedrockRuntimeClientConfig["requestHandler"]>,
  { handle: unknown }
>;

/** Bounds on sockets, in milliseconds. */
export interface SocketBounds {
  /** For a connection to come about. Default: 10 seconds. */
  connect?: number;
  /** Without a request. Default: 5 minutes, less than the 350 seconds after which NAT gateways forget a connection. */
  idle?: number;
  /** On a shared connection without a word from the other end, before it is asked for one. Default: 30 seconds. */
  probe?: number;
}

/** The sockets to AWS on one way, directly or through a proxy. */
interface Way {
  /** Those that many requests share. */
  shared: SharedHandler | undefined;
  kept: NodeHttpHandler;
  /** For a request whose kept socket had been closed: each on a connection of its own. */
  fresh: NodeHttpHandler;
}

/**
 * What sends the requests of all clients: over connections that are kept, through a proxy where one applies. One connection
 * serves many requests; the SDK's own default opens one for each (HTTP/2 without concurrent streams), which over TLS costs
 * about three times the CPU and two more round trips. With `http2` many requests share a connection at the same time, where the
 * host speaks HTTP/2. Redirects are not followed: a request is signed for one host.
 */
export async function createRequestHandler(
  { proxy, http2 = false }: Pick<ResolvedOptions, "proxy" | "http2"> = {},
  { connect = 10_000, idle = 300_000, probe = PROBE_MS }: SocketBounds = {},
): Promise<RequestHandler> {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const { createSharedHandler } = http2 ? await import("../../endpoints/http2.ts") : {};
  const sockets = (proxy: URL | undefined, keepAlive: boolean): NodeHttpHandler =>
    // How long a model may think is the courier's affair.
    new NodeHttpHandler({ ...createAgents({ proxy, keepAlive, connect, idle }), socketTimeout: 0 });
  const ways = new Map<string, Way>();

  const wayThrough = (found: URL | undefined): Way => {
    const key = found?.href ?? "";
    const way = ways.get(key) ?? {
      shared: createSharedHandler?.({ proxy: found, connect }, { idle, probe, patience: connect }),
      kept: sockets(found, true),
      fresh: sockets(found, false),
    };
    ways.set(key, way);
    return way;
  };

  const handle: Handle = async (request, options) => {
    const through = proxyFor(request, proxy);
    const { shared, kept, fresh } = wayThrough(through instanceof Promise ? await through : through);
    // Without TLS nobody can be asked whether he speaks HTTP/2.
    if (shared && request.protocol === "https:" && isWhole(request.body)) {
      const answer = await shared(request as Asked, request.body, (options ?? {}) as Sending);
      if (answer) return answer as unknown as Answer;
    }
    try {
      return await kept.handle(request, options);
    } catch (thrown) {
      if (!isStale(thrown) || options?.abortSignal?.aborted || !isWhole(request.body)) throw thrown;
      return fresh.handle(request, options);
    }
  };
  return {
    handle,
    // Said for HTTP/2 too: the SDK then signs `host`, which both carry, and calls STS by this handler as well.
    metadata: { handlerProtocol: "http/1.1" },
    // All clients share it: what one wants of it, or that one ends, is not the others' affair.
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

/** A stream can be sent only once. */
const isWhole = (body: unknown): body is string | Uint8Array | undefined =>
  body === undefined || typeof body === "string" || body instanceof Uint8Array;
