import type { Awaitable } from "../../awaitable.ts";
import { portOf } from "./asked.ts";
import { parseProxy } from "./parse-proxy.ts";

/** Where a request goes. */
export interface Origin {
  /** `https:` or `http:`. */
  protocol: string;
  hostname: string;
  port?: number | undefined;
}

/** Lower case comes first, as curl has it; an empty one is none. */
const variable = (name: string): string | undefined =>
  process.env[name.toLowerCase()] || process.env[name] || undefined;

/** The proxy that a request goes through; undefined for none. @throws Error for what is no URL of an HTTP proxy. */
export type ProxyFor = (origin: Origin) => Awaitable<URL | undefined>;

/**
 * @param option The operator's word; without one the environment's counts, as it is now, for a look into it costs more than a
 * header: `HTTPS_PROXY` or `HTTP_PROXY` by the scheme of the request, then `ALL_PROXY`, but for the hosts of `NO_PROXY`.
 */
export function createProxyFor(option: string | false | undefined): ProxyFor {
  if (option === false) return () => undefined;
  if (option !== undefined) return (origin) => proxyIn(option, "proxy", origin, undefined);
  const plain = fromEnvironment("HTTP_PROXY");
  const secure = fromEnvironment("HTTPS_PROXY");
  const exempt = variable("NO_PROXY");
  return (origin) => {
    const [name, text] = origin.protocol === "http:" ? plain : secure;
    return text === undefined ? undefined : proxyIn(text, name, origin, exempt);
  };
}

/** Loads what reads addresses, which most processes have no need of. @param exempt Hosts without it, as the environment names them. */
async function proxyIn(
  text: string,
  name: string,
  origin: Origin,
  exempt: string | undefined,
): Promise<URL | undefined> {
  const { isExempt, isLocal } = await import("./no-proxy.ts");
  if (isLocal(origin.hostname)) return undefined;
  if (isExempt(exempt, origin.hostname, portOf(origin))) return undefined;
  const proxy = parseProxy(text);
  if (proxy) return proxy;
  throw Object.assign(new Error(`${name} is no URL of an HTTP proxy.`), {
    code: "ERR_PROXY",
    variable: name,
  });
}

const fromEnvironment = (own: string): readonly [name: string, value: string | undefined] => {
  const value = variable(own);
  return value === undefined ? ["ALL_PROXY", variable("ALL_PROXY")] : [own, value];
};
