import { type Asked, pathOf } from "../asked.ts";
import { isText, isToken } from "./header-text.ts";

/** As hosts read it. Of another Node's client makes one, or says what is wrong with it. */
const METHOD = /^[A-Z]+$/;

const OUTSIDE_PATH = /[^\x21-\xff]/;

/** Change how a connection is used, which nobody here asks for. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
]);

/** Without a body they do not say that it is empty. */
const BODILESS: ReadonlySet<string> = new Set(["GET", "HEAD", "DELETE", "OPTIONS"]);

/**
 * What stands before a request's body, as Node writes it; undefined where it wants something of its connection, or is
 * not clear.
 * @param length Of the body, in bytes.
 * @throws TypeError, with Node's code, for what would say something else than it seems to: a line's end in a header
 */
export function headOf(asked: Asked, length: number): string | undefined {
  const { method, hostname, port, headers } = asked;
  if (!METHOD.test(method)) return undefined;
  const path = pathOf(asked) || "/";
  if (OUTSIDE_PATH.test(path)) throw unwritable("path", "ERR_UNESCAPED_CHARACTERS");
  let head = `${method} ${path} HTTP/1.1\r\n`;
  let hasHost = false;
  let hasLength = length === 0 && BODILESS.has(method);
  for (const name in headers) {
    const value = headers[name]!;
    const lower = name.toLowerCase();
    if (OF_CONNECTION.has(lower) || isUnclear(headers, name, lower)) return undefined;
    if (!isToken(name)) throw unwritable("header", "ERR_INVALID_HTTP_TOKEN");
    if (!isText(value)) throw unwritable(`header '${name}'`, "ERR_INVALID_CHAR");
    hasHost ||= lower === "host";
    hasLength ||= lower === "content-length";
    head += `${name}: ${value}\r\n`;
  }
  if (!hasHost) {
    if (!isText(hostname)) throw unwritable("host", "ERR_INVALID_CHAR");
    head += `host: ${port === undefined ? hostname : `${hostname}:${port}`}\r\n`;
  }
  if (!hasLength) head += `content-length: ${length}\r\n`;
  return `${head}connection: keep-alive\r\n\r\n`;
}

/** Middleware may leave what is no text, and the same name in other letters: which of them counts, Node's client says. */
const isUnclear = (headers: Asked["headers"], name: string, lower: string): boolean =>
  typeof headers[name] !== "string" ||
  (name !== lower && Object.keys(headers).some((other) => other !== name && other.toLowerCase() === lower));

const unwritable = (what: string, code: string): Error =>
  Object.assign(new TypeError(`A request cannot be sent: its ${what} holds what HTTP does not.`), { code });
