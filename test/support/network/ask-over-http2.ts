import { textOf } from "./text-of.ts";
import {
  createRequestHandler,
  type RequestHandler,
  type SocketBounds,
} from "../../../src/bedrock/transport/request-handler.ts";

type Handle = RequestHandler["handle"];

export interface Asking {
  path?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Asker {
  /** The whole answer. */
  text(asking?: Asking): Promise<string>;
  /** The answer when its headers have come. */
  begin(asking?: Asking): ReturnType<Handle>;
}

/** Asks a host on this machine as the SDK asks it. */
export async function askerOf(
  port: number,
  { proxy, ...bounds }: SocketBounds & { proxy?: string } = {},
  hostname = "127.0.0.1",
): Promise<Asker> {
  const handler = await createRequestHandler({ http2: true, ...(proxy !== undefined && { proxy }) }, bounds);
  const begin = ({ path = "/", body, headers, query = {}, signal }: Asking = {}): ReturnType<Handle> => {
    const request = {
      method: "POST",
      protocol: "https:",
      hostname,
      port,
      path,
      query,
      headers: { host: `${hostname}:${port}`, ...headers },
      body,
    };
    return handler.handle(request as unknown as Parameters<Handle>[0], signal ? { abortSignal: signal } : {});
  };
  return { begin, text: async (asking) => read(await begin(asking)) };
}

/** Reads an answer to its end. */
export const read = ({ response }: Awaited<ReturnType<Handle>>): Promise<string> => textOf(response.body);
