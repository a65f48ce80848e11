import type { Awaitable } from "../../awaitable.ts";
import { parseProxy } from "./parse-proxy.ts";

/** Where a request goes. */
export interface Origin {
  /** `https:` or `http:`. */
  protocol: string;
  hostname: string;
  port?: number | undefined;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "https:": 443, "http:": 80 };

const portOf = ({ protocol, port }: Origin): number => port ?? DEFAULT_PORTS[protocol] ?? 443;

/** Lower case comes first, as curl has it; an empty one is none. */
const variable = (name: string): string | undefined =>
  process.env[name.toLowerCase()] || process.env[name] || undefined;

/**
 * The proxy that a request goes through; undefined for none.
 * @param option The operator's word; without one the environment's counts: `HTTPS_PROXY` or `HTTP_PROXY` by the scheme of the
 * request, then `ALL_PROXY`, but for the hosts of `NO_PROXY`.
 * @throws Error for a variable that holds no URL of an HTTP proxy.
 */
export function proxyFor(origin: Origin, option: string | false | undefined): Awaitable<URL | undefined> {
  if (option === false) return undefined;
  const [name, text] = option === undefined ? fromEnvironment(origin.protocol) : ["proxy", option];
  return text === undefined ? undefined : proxyIn(text, name, origin, option === undefined);
}

/** Loads what reads addresses, which most processes have no need of. @param canExempt The environment names hosts without it. */
async function proxyIn(
  text: string,
  name: string,
  origin: Origin,
  canExempt: boolean,
): Promise<URL | undefined> {
  const { isExempt, isLocal } = await import("./no-proxy.ts");
  if (isLocal(origin.hostname)) return undefined;
  if (canExempt && isExempt(variable("NO_PROXY"), origin.hostname, portOf(origin))) return undefined;
  const proxy = parseProxy(text);
  if (proxy) return proxy;
  throw Object.assign(new Error(`${name} is no URL of an HTTP proxy.`), {
    code: "ERR_PROXY",
    variable: name,
  });
}

const fromEnvironment = (protocol: string): readonly [name: string, value: string | undefined] => {
  const own = protocol === "http:" ? "HTTP_PROXY" : "HTTPS_PROXY";
  const value = variable(own);
  return value === undefined ? ["ALL_PROXY", variable("ALL_PROXY")] : [own, value];
};
