/** A Bedrock that costs next to nothing: ready-made bytes on the real wire, over HTTP/1.1 and over h2c. */
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { AddressInfo, Server } from "node:net";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { serveParent } from "./child.ts";
import { embeddingAnswers } from "./embedding-answers.ts";
import { type Profile, PROFILES, streamWrites, wholeAnswer } from "./wire.ts";

export type LoadServerOrder = "start" | "counts";

/** The ports by protocol. */
export interface Ports {
  h1: number;
  h2: number;
}

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
  const [, name = "", , model = "", action] = request.url?.split("/") ?? [];
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
const h1 = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, listener);
const h2 = createHttp2Server(listener);

async function listen(server: Server): Promise<number> {
  server.on("connection", () => (counts.connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

serveParent<LoadServerOrder>(async (order): Promise<Ports | Counts> => {
  if (order === "counts") return counts;
  return { h1: await listen(h1), h2: await listen(h2) };
});
