import { isIP } from "node:net";
import { escapeUri } from "../escape-uri.ts";

/** A request as the SDK hands it over. */
export interface Asked {
  method: string;
  protocol: string;
  hostname: string;
  port?: number | undefined;
  path: string;
  query?: Record<string, string | string[] | null> | undefined;
  headers: Record<string, string>;
}

/** How it is sent, in the SDK's words. */
export interface Sending {
  abortSignal?: AbortSignal | undefined;
  requestTimeout?: number | undefined;
}

/** What comes back, in the SDK's words. */
export interface Answer<Body = unknown> {
  response: {
    statusCode: number;
    /** What HTTP/1.1 says beside it. */
    reason?: string | undefined;
    headers: Record<string, string>;
    body: Body;
    /** Whether the system has taken all of the request, where that is known: an answer may come early. */
    isSent?(): boolean;
    /** Nobody else has the memory of the body's pieces. */
    isUnshared?: boolean;
  };
}

/** A host as it is connected to: the SDK writes IPv6 as an address does. */
export const hostOf = ({ hostname }: Pick<Asked, "hostname">): string => hostname.replace(/^\[|\]$/g, "");

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "https:": 443, "http:": 80 };

export const portOf = ({ protocol, port }: Pick<Asked, "protocol" | "port">): number =>
  port ?? DEFAULT_PORTS[protocol] ?? 443;

/** An address is no name that a server could be asked by; its certificate is proven for the host then. */
export const serverNameOf = (host: string): string => (isIP(host) ? "" : host);

/** The path with its query. */
export const pathOf = ({ path, query }: Pick<Asked, "path" | "query">): string => path + searchOf(query);

/** Signatures count it as the SDK's own handlers write it. */
function searchOf(query: Asked["query"] = {}): string {
  const pairs = Object.keys(query)
    .toSorted()
    .flatMap((name) => [query[name] ?? ""].flat().map((value) => `${escapeUri(name)}=${escapeUri(value)}`));
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
