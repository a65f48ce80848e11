import https from "node:https";
import type { Socket } from "node:net";
import { http } from "./node-http.ts";

/** What a tunnel leads to. */
export interface Far {
  host: string;
  port: number | string;
}

/** Why there is no way through a proxy. `code` is the network's, or `ERR_PROXY` where the proxy itself refuses. */
export interface ProxyFailure extends Error {
  code: string;
  /** Host and port: never the password, which is in the URL too. */
  proxy: string;
  /** What it answered. */
  proxyStatus?: number;
}

const bracketed = (host: string): string =>
  host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;

const authorizationOf = ({ username, password }: URL): Record<string, string> => {
  if (username === "" && password === "") return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
};

/** A `%` that is no code stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * A socket that a proxy has connected to a host, by CONNECT: what travels on it, the proxy does not see where it is TLS.
 * @param patience Milliseconds until the proxy must have answered.
 * @throws ProxyFailure
 */
export function openTunnel(proxy: URL, { host, port }: Far, patience: number): Promise<Socket> {
  const { request } = proxy.protocol === "https:" ? https : http;
  const authority = `${bracketed(host)}:${port}`;
  return new Promise((resolve, reject) => {
    const asked = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...authorizationOf(proxy) },
      agent: false,
    });
    const fail = (error: Error, more: Partial<ProxyFailure>): void =>
      reject(Object.assign(error, { proxy: proxy.host, ...more }));
    const late = Object.assign(new Error(`The proxy did not answer within ${patience} ms.`), {
      code: "ETIMEDOUT",
    });
    const timer = setTimeout(() => asked.destroy(late), patience);
    asked.once("close", () => clearTimeout(timer));
    asked.once("error", (error) => fail(error, {}));
    asked.once("connect", ({ statusCode = 0 }, socket: Socket, head) => {
      clearTimeout(timer);
      if (statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      fail(new Error(`The proxy answered ${statusCode}.`), refusal(statusCode));
    });
    asked.end();
  });
}

/** A proxy that does not reach the host today may do so in a moment; one that forbids it will not. */
const refusal = (proxyStatus: number): object => ({
  code: "ERR_PROXY",
  proxyStatus,
  ...(proxyStatus >= 500 && { $retryable: { throttling: false } }),
});
