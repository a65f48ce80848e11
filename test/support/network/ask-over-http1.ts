import { Readable } from "node:stream";
import type { ResolvedOptions } from "../../../src/options.ts";
import {
  createRequestHandler,
  type RequestHandler,
  type SocketBounds,
} from "../../../src/bedrock/transport/request-handler.ts";
import type { Act, RawServer } from "../raw-server.ts";
import { textOf } from "./text-of.ts";

export interface Asking {
  method?: string;
  path?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
  abortSignal?: AbortSignal;
  requestTimeout?: number;
}

export interface Begun {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

export interface Asker {
  /** The whole answer. */
  text(asking?: Asking): Promise<string>;
  /** The answer when its headers have come. */
  begin(asking?: Asking): Promise<Begun>;
}

type Handle = RequestHandler["handle"];

/** Asks a server on this machine over HTTP/1.1 as the SDK asks it. */
export async function askerOf(
  { url }: Pick<RawServer, "url">,
  bounds: SocketBounds = {},
  options: Pick<ResolvedOptions, "proxy"> = { proxy: false },
): Promise<Asker> {
  const { protocol, hostname, port, host } = new URL(url);
  const handler = await createRequestHandler(options, bounds);
  const begin = async (asking: Asking = {}): Promise<Begun> => {
    const { method = "POST", path = "/", body, headers, ...sending } = asking;
    const request = {
      method,
      protocol,
      hostname,
      port: Number(port),
      path,
      headers: { host, ...headers },
      body,
    };
    const { response } = await handler.handle(request as unknown as Parameters<Handle>[0], sending);
    const { body: told } = response as { body: Readable | Uint8Array };
    // What came with its head is bytes, and read as what came later is.
    return { ...response, body: told instanceof Uint8Array ? Readable.from(inPieces(told)) : told } as Begun;
  };
  return { begin, text: async (asking) => textOf((await begin(asking)).body, "latin1") };
}

const inPieces = (bytes: Uint8Array): Uint8Array[] => (bytes.length > 0 ? [bytes] : []);

/** An answer of a known length. @param head More headers, each with its end. */
export const whole = (text: string, head = ""): string =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n${head}\r\n${text}`;

/** Says it, and the connection is idle then. */
export const say =
  (bytes: string): Act =>
  ({ socket }) => {
    socket.write(bytes, "latin1");
    return true;
  };

/** Says it, and the connection comes to an end. */
export const sayLast =
  (bytes: string, how: "ended" | "reset" = "ended"): Act =>
  async ({ socket, uploaded, reset }) => {
    await uploaded;
    const isSaid = bytes !== "" && new Promise((resolve) => socket.write(bytes, "latin1", resolve));
    if (how === "ended") socket.end();
    else {
      await isSaid;
      // What is still under way when it resets is lost with it.
      await new Promise((resolve) => setTimeout(resolve, 30));
      reset();
    }
    return false;
  };
