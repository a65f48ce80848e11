import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { bedrockOpenAI } from "../../../adapters/node.ts";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { eventually } from "../../support/bedrock.ts";
import { requestFor } from "./aws.ts";
import type { Way } from "./fault.ts";

/** Of the caller's side. */
export interface Seen {
  requests: number;
  open: number;
}

/** A caller's bare socket to a server that the handler answers on. */
export async function throughSocket(
  handler: BedrockOpenAIHandler,
  talk: (socket: Socket, seen: Seen) => Promise<void>,
): Promise<void> {
  const seen: Seen = { requests: 0, open: 0 };
  const listener = bedrockOpenAI(handler);
  const server = createServer((request, response) => {
    seen.requests += 1;
    listener(request, response);
  });
  server.on("connection", (socket) => {
    seen.open += 1;
    socket.once("close", () => (seen.open -= 1));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  try {
    await talk(socket, seen);
    await eventually(() => seen.open === 0);
  } finally {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  }
}

/** A request as it stands on the wire. */
export async function rawRequest(way: Way): Promise<string> {
  const { url, headers } = requestFor(way);
  const body = await requestFor(way).text();
  return [
    `POST ${new URL(url).pathname} HTTP/1.1`,
    "host: localhost",
    ...[...headers].map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}
