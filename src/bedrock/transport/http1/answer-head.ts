import { isText, isToken } from "./header-text.ts";
import { malformed } from "./malformed.ts";

/** What stands before an answer's body. */
export interface AnswerHead {
  statusCode: number;
  reason: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Whether the connection serves on after it. */
  isKept: boolean;
  /** How the end of the body is told: after so many bytes, in chunks, or by the end of the connection. */
  body: number | "chunked" | "rest";
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: (.*))?$/;

const TAB = 9;
const SPACE = 32;

/** Said twice the first counts; all others are lists. */
const ONCE: ReadonlySet<string> = new Set([
  "age",
  "content-type",
  "date",
  "etag",
  "expires",
  "last-modified",
  "location",
  "retry-after",
  "server",
]);

/**
 * Reads a status line and the headers after it. Source: RFC 9112, 4 to 6.
 * @param text Without the empty line at its end.
 * @param method That was asked with.
 * @throws Error with the code that Node's parser would give
 */
export function readHead(text: string, method: string): AnswerHead {
  const [first = "", ...lines] = text.split("\r\n");
  const [, minor, status, reason = ""] = STATUS_LINE.exec(first) ?? [];
  if (status === undefined) throw malformed("its first line is no status", "INVALID_CONSTANT");
  const headers = headersIn(lines);
  const connection = (headers["connection"] ?? "").toLowerCase();
  const statusCode = Number(status);
  return {
    statusCode,
    reason,
    headers,
    isKept: minor === "1" ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection),
    body: isWithoutBody(statusCode, method) ? 0 : bodyOf(headers),
  };
}

function headersIn(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    const value = withoutBlanks(line, colon + 1);
    if (!isToken(name)) throw malformed("a header has no name", "INVALID_HEADER_TOKEN");
    if (!isText(value)) throw malformed("a header is no text", "INVALID_HEADER_TOKEN");
    const said = Object.hasOwn(headers, name) ? headers[name] : undefined;
    if (said === undefined) headers[name] = value;
    else if (name === "content-length") throw malformed("it has two lengths", "UNEXPECTED_CONTENT_LENGTH");
    else if (!ONCE.has(name)) headers[name] = `${said}, ${value}`;
  }
  return headers;
}

/** From `start` on. `trim` would take ends of lines for blanks, and parts of texts. */
function withoutBlanks(line: string, start: number): string {
  let from = start;
  let end = line.length;
  while (from < end && isBlank(line.charCodeAt(from))) from += 1;
  while (from < end && isBlank(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(from, end);
}

const isBlank = (code: number): boolean => code === SPACE || code === TAB;

const isWithoutBody = (status: number, method: string): boolean =>
  method === "HEAD" || status < 200 || status === 204 || status === 304;

function bodyOf(headers: Readonly<Record<string, string>>): AnswerHead["body"] {
  const { "content-length": length, "transfer-encoding": coding } = headers;
  if (coding !== undefined) {
    if (length !== undefined) throw malformed("it is in chunks and has a length", "INVALID_CONTENT_LENGTH");
    return /(?:^|,)[ \t]*chunked$/i.test(coding) ? "chunked" : "rest";
  }
  if (length === undefined) return "rest";
  if (!/^\d{1,15}$/.test(length)) throw malformed("its length is no number", "INVALID_CONTENT_LENGTH");
  return Number(length);
}
