import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

/** Node's `fetch` gives up after five minutes of thinking, whatever it is told; this waits as long as its signal does. */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const length = { "content-length": String(body.byteLength) };
    const sent = request(url, { method: "POST", headers: { ...headers, ...length }, signal }, resolve);
    sent.on("error", reject);
    sent.end(body);
  });
}
