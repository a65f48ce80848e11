import type { IncomingMessage, RequestOptions } from "node:http";
import https from "node:https";
import { http } from "../transport/node-http.ts";

/** Node's `fetch` gives up after five minutes of thinking, whatever it is told; this waits as long as its signal does. */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const length = { "content-length": String(body.byteLength) };
  const options: RequestOptions = { method: "POST", headers: { ...headers, ...length }, signal };
  return send(url, options, body);
}

function send(url: string, options: RequestOptions, body: Uint8Array): Promise<IncomingMessage> {
  const { request } = url.startsWith("https:") ? https : http;
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const sent = request(url, options, (response) => {
      isAnswered = true;
      resolve(response);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // The server had closed a kept connection; nobody has read this request.
      const isStale = !isAnswered && sent.reusedSocket && error.code === "ECONNRESET";
      if (isStale) resolve(send(url, { ...options, agent: false }, body));
      else reject(error);
    });
    sent.end(body);
  });
}
