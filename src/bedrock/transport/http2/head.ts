import { type IncomingHttpHeaders, type OutgoingHttpHeaders, sensitiveHeaders } from "node:http2";
import { type Asked, pathOf } from "../asked.ts";

/** Of a connection of HTTP/1.1, and no header of a request. Source: RFC 9113, 8.2.2. */
const CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/** Stay out of the compression tables, which other requests share. Source: RFC 7541, 7.1.3. */
const SECRET = ["authorization", "x-amz-security-token"];

/** What a request says before its body, in HTTP/2. */
export function headOf({
  method,
  hostname,
  port,
  path,
  query,
  headers,
}: Omit<Asked, "protocol">): OutgoingHttpHeaders {
  const head: OutgoingHttpHeaders = { [sensitiveHeaders]: SECRET };
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (lower === "host") head[":authority"] = value;
    if (!CONNECTION.has(lower)) head[lower] = value;
  }
  head[":authority"] ??= port === undefined ? hostname : `${hostname}:${port}`;
  return { ...head, ":scheme": "https", ":method": method, ":path": pathOf({ path, query }) };
}

/** The headers of an answer, without HTTP/2's own. */
export function headersOf(head: IncomingHttpHeaders): Record<string, string> {
  const named = Object.entries(head).filter(([name]) => !name.startsWith(":"));
  return Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
}
