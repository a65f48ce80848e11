import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { BedrockOpenAIError } from "../../../src/errors.ts";
import type { MediaOptions } from "../../../src/media/fetch-media.ts";
import type { Lookup } from "../../../src/media/resolve-host.ts";

export const LOCAL: MediaOptions = { allowPrivate: ["127.0.0.1/32"] };
export const PARAM = "messages[0].content[1].image_url.url";
export const never = (): AbortSignal => new AbortController().signal;

export interface MediaServer {
  port: number;
  /** Every connection that was ever made. */
  sockets: Socket[];
  /** The host and path of every request. */
  requests: string[];
  url(path?: string): string;
  /** Resolves when as many connections as were made are closed. */
  allClosed(): Promise<unknown>;
}

async function listen(server: Server): Promise<Omit<MediaServer, "requests">> {
  const sockets: Socket[] = [];
  const closed: Promise<void>[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket);
    closed.push(new Promise((resolve) => socket.once("close", () => resolve())));
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    sockets,
    url: (path = "/") => `http://127.0.0.1:${port}${path}`,
    allClosed: () => Promise.all(closed),
  };
}

/** A server of the test's own on 127.0.0.1, closed with the test. */
export async function serve(answer: RequestListener): Promise<MediaServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.headers.host}${request.url}`);
    answer(request, response);
  });
  return { ...(await listen(server)), requests };
}

/** The same, below HTTP. */
export async function serveTcp(talk: (socket: Socket) => void): Promise<MediaServer> {
  const server = createTcpServer((socket) => {
    // One that does not read does not notice either that it is left.
    socket.resume();
    talk(socket);
  });
  return { ...(await listen(server)), requests: [] };
}

export const png: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "image/png" }).end("pixels");
};

/** A resolver that gives these answers one after another, and counts how often it is asked. */
export function resolver(...answers: string[][]): Lookup & { asked: string[] } {
  const asked: string[] = [];
  const lookup: Lookup = async (host) =>
    (answers[asked.push(host) - 1] ?? []).map((address) => ({
      address,
      family: address.includes(":") ? 6 : 4,
    }));
  return Object.assign(lookup, { asked });
}

/** A promise and how to keep it. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** What a promise was refused with. */
export const refusal = (work: Promise<unknown>): Promise<BedrockOpenAIError> =>
  work.then(
    (value) => {
      throw new Error(`Not refused, but: ${JSON.stringify(value)}`);
    },
    (error: BedrockOpenAIError) => error,
  );
