import type { ResolvedOptions } from "../../options.ts";
import { parseProxy } from "./parse-proxy.ts";

type Network = Pick<ResolvedOptions, "endpoint" | "fips" | "dualStack" | "proxy" | "http2" | "headers">;

const HOSTS: readonly string[] = ["runtime", "control", "agentRuntime", "mantle"];

/** What is wrong with where AWS is called and how. Addresses are not repeated: they may hold a password. */
export const networkFault = (options: Network): string | undefined =>
  faultInEndpoint(options.endpoint) ??
  faultInSwitches(options) ??
  faultInProxy(options.proxy) ??
  faultInHeaders(options.headers);

function faultInEndpoint(endpoint: unknown): string | undefined {
  if (endpoint === undefined) return undefined;
  if (typeof endpoint === "string") return faultInUrl("endpoint", endpoint);
  if (typeof endpoint !== "object" || endpoint === null)
    return "'endpoint' must be a URL, or an object of URLs";
  const faults = Object.entries(endpoint).map(([host, url]) =>
    HOSTS.includes(host)
      ? faultInUrl(`endpoint.${host}`, url)
      : `'endpoint' has no '${host}'; known are ${HOSTS.join(", ")}`,
  );
  return faults.find(Boolean);
}

function faultInUrl(name: string, url: unknown): string | undefined {
  if (url === undefined) return undefined;
  const said = typeof url === "string" && URL.canParse(url) ? new URL(url) : undefined;
  if (!said || !/^https?:$/.test(said.protocol) || /\s/.test(String(url)))
    return `'${name}' must be an http(s) URL`;
  // The SDK would leave the one out silently, and refuse the other for every call.
  if (said.username || said.password) return `'${name}' must hold no user and no password`;
  return said.search || said.hash ? `'${name}' must end with its path` : undefined;
}

const faultInSwitches = ({ fips, dualStack, http2 }: Network): string | undefined =>
  Object.entries({ fips, dualStack, http2 })
    .filter(([, value]) => value !== undefined && typeof value !== "boolean")
    .map(([name]) => `'${name}' must be true or false`)[0];

const faultInProxy = (proxy: unknown): string | undefined =>
  proxy === undefined || proxy === false || (typeof proxy === "string" && parseProxy(proxy))
    ? undefined
    : "'proxy' must be the URL of an HTTP proxy, http://host:port, or false";

/** Those that the connection or the signature writes. */
const NOT_EXTRA =
  /^(authorization|content-length|transfer-encoding|connection|host|x-amz-date|x-amz-security-token)$/i;

function faultInHeaders(headers: unknown): string | undefined {
  if (headers === undefined) return undefined;
  if (typeof headers !== "object" || headers === null || Array.isArray(headers))
    return "'headers' must be an object of names and texts";
  const name = Object.keys(headers).find((each) => NOT_EXTRA.test(each));
  if (name !== undefined) return `'headers' cannot set '${name}'`;
  const wrong = Object.entries(headers).find(([each, value]) => !isHeader(each, value));
  return wrong && `'headers' holds no valid header at '${wrong[0]}'`;
}

function isHeader(name: string, value: unknown): boolean {
  try {
    return typeof value === "string" && Boolean(new Headers([[name, value]]));
  } catch {
    return false;
  }
}
