import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { isPending } from "../../awaitable.ts";
import { once } from "../once.ts";
import type { ResolvedOptions } from "../../options.ts";
import type { Answer, Asked, Sending } from "./asked.ts";
import { PROBE_MS } from "./bound.ts";
import type { AskByNode } from "./by-node/ask-by-node.ts";
import { createAskDirectly } from "./http1/ask-directly.ts";
import type { SharedHandler } from "./http2/shared-handler.ts";
import { createProxyFor } from "./proxy.ts";
import { isUnwatched } from "./unwatched.ts";

type Request = Asked & { body?: unknown };

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

/** The ways to AWS, directly or through a proxy. */
interface Way {
  /** Over connections that many requests share. */
  shared: SharedHandler | undefined;
  byNode: () => Promise<AskByNode>;
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
  const { createSharedHandler } = http2 ? await import("../../endpoints/http2.ts") : {};
  const proxyFor = createProxyFor(proxy);
  const askDirectly = createAskDirectly({ connect, idle });
  const ways = new Map<string, Way>();

  const wayThrough = (found: URL | undefined): Way => {
    const key = found?.href ?? "";
    const way = ways.get(key) ?? {
      shared: createSharedHandler?.({ proxy: found, connect }, { idle, probe, patience: connect }),
      byNode: once(async () => {
        const { createAskByNode } = await import("../../endpoints/by-node.ts");
        return createAskByNode({ proxy: found, connect, idle });
      }),
    };
    ways.set(key, way);
    return way;
  };

  const handle = async (request: Request, sending: Sending = {}): Promise<Answer> => {
    const through = proxyFor(request);
    const found = isPending(through) ? await through : through;
    const { shared, byNode } = wayThrough(found);
    const { body, protocol } = request;
    if (isWhole(body)) {
      // Without TLS nobody can be asked whether he speaks HTTP/2.
      const answer = shared && protocol === "https:" && (await shared(request, body, sending));
      if (answer) return answer;
      const answering = !found && isUnwatched(protocol) && askDirectly(request, body, sending);
      if (answering) return answering;
    }
    return (await byNode())(request, body, sending);
  };
  return {
    // What the SDK writes and reads of the two has more members than are used here.
    handle: handle as unknown as RequestHandler["handle"],
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
