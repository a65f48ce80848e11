/** A Bedrock that costs next to nothing: ready-made bytes on the real wire, over HTTP/1.1 and HTTP/2, with TLS and without. */
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createHttp2Server, createSecureServer } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { STAND_IN } from "../../support/network/certificates.ts";
import { serveParent } from "../child.ts";
import { embeddingAnswers } from "./embedding-answers.ts";
import { type Profile, type ProfileName, PROFILES, streamWrites, wholeAnswer } from "./wire.ts";

export type LoadServerOrder = "start" | "counts" | { profile: ProfileName };

/** The ports by protocol. */
export type Ports = Record<"h1" | "h2" | "tls-h1" | "tls-h2", number>;

export interface Counts {
  connections: number;
  requests: number;
  /** Of request bodies, as announced. */
  bytes: number;
}

/** What the requests of node:http and node:http2 have in common, and their responses. */
type Incoming = Readable & {
  url?: string | undefined;
  headers: { "content-length"?: string | undefined };
};
type Outgoing = Writable & { writeHead(status: number, headers: Record<string, string>): unknown };

const answer = wholeAnswer();
const embeddings = embeddingAnswers();
const streams = new Map(Object.entries<Profile>(PROFILES).map(([name, profile]) => [name, prepare(profile)]));
let told: ProfileName = "short";
const counts: Counts = { connections: 0, requests: 0, bytes: 0 };

function prepare(profile: Profile): { writes: Uint8Array[]; everyMs?: number | undefined; isHeld: boolean } {
  const { everyMs, heldAfter } = profile;
  return { writes: streamWrites(profile).slice(0, heldAfter), everyMs, isHeld: heldAfter !== undefined };
}

async function answerRequest(request: Incoming, response: Outgoing): Promise<void> {
  counts.requests += 1;
  counts.bytes += Number(request.headers["content-length"] ?? 0);
  // Discarded as it comes, in this process: nobody is measured by how it is read.
  await once(request.resume(), "end");
  const path = request.url?.split("/").slice(1) ?? [];
  // A gateway that was pointed at this host knows no profiles: its is the one that was told last.
  const [name = "", , model = "", action] = path[0] === "model" ? [told, ...path] : path;
  if (action === "converse") {
    response.writeHead(200, head("application/json", { "content-length": String(answer.length) }));
    response.end(answer);
    return;
  }
  const vectors = action === "invoke" ? embeddings.get(model.split(".", 1)[0]!) : undefined;
  if (vectors) {
    response.writeHead(200, head("application/json", { "content-length": String(vectors.length) }));
    response.end(vectors);
    return;
  }
  response.writeHead(200, head("application/vnd.amazon.eventstream"));
  const { writes = [], everyMs, isHeld } = streams.get(name) ?? {};
  for (const bytes of writes) {
    if (!response.write(bytes)) await once(response, "drain");
    if (everyMs) await sleep(everyMs);
  }
  if (!isHeld) response.end();
}

const head = (type: string, more: Record<string, string> = {}): Record<string, string> => ({
  "content-type": type,
  "x-amzn-requestid": crypto.randomUUID(),
  ...more,
});

const listener = (request: Incoming, response: Outgoing): void => {
  answerRequest(request, response).catch(() => response.destroy());
};

/** Idle connections stay open: subjects wait for each other's rounds. */
const OPEN = { keepAliveTimeout: 0, requestTimeout: 0 };
const SERVERS: Record<keyof Ports, Server> = {
  h1: createServer(OPEN, listener),
  h2: createHttp2Server(listener),
  "tls-h1": createTlsServer({ ...OPEN, ...STAND_IN }, listener),
  "tls-h2": createSecureServer(STAND_IN, listener),
};

/** Where a gateway of somebody else's finds us. */
const fixedPort = Number(process.env["BENCH_PORT"] ?? 0);

async function listen(server: Server, port: number): Promise<number> {
  server.on("connection", () => (counts.connections += 1));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

serveParent<LoadServerOrder>(async (order): Promise<Ports | Counts | undefined> => {
  if (order === "counts") return counts;
  if (order !== "start") return void (told = order.profile);
  const ports = Object.entries(SERVERS).map(
    async ([name, server]) => [name, await listen(server, name === "h1" ? fixedPort : 0)] as const,
  );
  return Object.fromEntries(await Promise.all(ports)) as Ports;
});
