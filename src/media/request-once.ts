import type { LookupAddress } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { plainHost } from "./allow-private.ts";

/** Compressed answers would grow without bound after the bound was checked. */
const HEADERS = { accept: "*/*", "accept-encoding": "identity", "user-agent": "bedrock-openai" };

/** Hands the connection the addresses that were checked, so that nobody is asked a second time. */
const pinnedTo =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, { all }, callback) => {
    const [first] = addresses;
    if (!first) callback(new Error("The host has no address."), "");
    else if (all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };

/** One GET over a connection of its own; the head of its answer. Whoever aborts the signal destroys the connection. */
export function requestOnce(
  url: URL,
  addresses: readonly LookupAddress[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send({
      protocol: url.protocol,
      hostname: plainHost(url.hostname),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      headers: HEADERS,
      // Not the global agent: it may keep connections alive, and send them through a proxy that resolves anew.
      agent: false,
      lookup: pinnedTo(addresses),
      signal,
    });
    request.on("response", resolve);
    request.on("error", reject);
    // An upgrade that nobody asked for ends without either.
    request.on("close", () => reject(new Error("The connection closed before an answer.")));
    request.end();
  });
}
