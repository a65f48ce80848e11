import * as fc from "fast-check";
import { bytesOf } from "./read-answer.ts";

/** Answers as HTTP/1.1 writes them, drawn: those that are right, and those that a byte has been wronged in. */

/** An answer to a request. */
export interface Drawn {
  method: "GET" | "HEAD";
  bytes: Uint8Array;
}

const text = (alphabet: string, maxLength: number, minLength = 0): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

const TOKEN = "abXY01-_.!#$%&'*+^`|~";
const TEXT = "ab:;,=\"'()/ \t\x7e\x80\xa0\xff";

/** What frames a body or closes a connection is drawn apart. */
const name = fc.oneof(
  fc.constantFrom("Content-Type", "ETag", "Retry-After", "x-amzn-requestid", "constructor", "Vary"),
  text(TOKEN, 8, 1).map((end) => `x-${end}`),
);
const header = fc
  .tuple(name, fc.constantFrom("", " ", "\t "), text(TEXT, 12), fc.constantFrom("", " \t"))
  .map(([name, before, value, after]) => `${name}:${before}${value}${after}\r\n`);
const headers = fc.array(header, { maxLength: 6 }).map((lines) => lines.join(""));

const statusLine = (status: fc.Arbitrary<number>): fc.Arbitrary<string> =>
  fc
    .tuple(status, fc.constantFrom("", " ", " OK", " \xfcber  all "))
    .map(([status, reason]) => `HTTP/1.1 ${status}${reason}\r\n`);

const extension = fc.oneof(
  fc.constant(""),
  fc
    .tuple(text("abc0-", 4, 1), fc.constantFrom("", "=d", '="d e;f"'))
    .map(([name, value]) => `;${name}${value}`),
);
const size = (length: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(3), fc.boolean())
    .map(
      ([zeros, isUpper]) =>
        "0".repeat(zeros) + (isUpper ? length.toString(16).toUpperCase() : length.toString(16)),
    );
const chunk = text("done\r\n0\x00\xff", 20, 1).chain((data) =>
  fc.tuple(size(data.length), extension).map(([size, extension]) => `${size}${extension}\r\n${data}\r\n`),
);
const chunked = fc
  .tuple(fc.array(chunk, { maxLength: 5 }), size(0), extension, headers)
  .map(([chunks, size, extension, trailers]) => `${chunks.join("")}${size}${extension}\r\n${trailers}\r\n`);

/** The header that frames a body, and the body. */
const framed = fc.oneof(
  chunked.map((body) => ["Transfer-Encoding: chunked\r\n", body] as const),
  text("done\r\n0\x00\xff", 60).map((body) => [`content-length: ${body.length}\r\n`, body] as const),
  text("done\r\n0\x00\xff", 60).map((body) => ["", body] as const),
);
const before = fc
  .array(fc.tuple(statusLine(fc.constantFrom(100, 102, 103)), headers), { maxLength: 2 })
  .map((all) => all.map(([line, headers]) => `${line}${headers}\r\n`).join(""));

const BODILESS = new Set([204, 304]);

/** A right one. Where there can be no body, none comes. */
export const anyHttpAnswer: fc.Arbitrary<Drawn> = fc
  .record({
    method: fc.constantFrom("GET", "GET", "GET", "HEAD"),
    before,
    status: fc.constantFrom(200, 200, 201, 204, 304, 400, 429, 503, 999),
    headers,
    rest: headers,
    framed,
  })
  .chain(({ status, ...parts }) =>
    statusLine(fc.constant(status)).map((line) => ({ ...parts, status, line })),
  )
  .map(({ method, before, status, line, headers, rest, framed: [framing, body] }) => {
    const isBodiless = method === "HEAD" || BODILESS.has(status);
    const head = `${before}${line}${headers}${framing}${rest}\r\n`;
    return { method, bytes: bytesOf(isBodiless ? head : head + body) } as Drawn;
  });

/** Bytes that mean something to somebody. */
const MEANT = "\r\n\t :;,=0f1\x00\x7f\x80\x0c-+";
type Edit = [at: number, kind: "put" | "drop" | "swap", byte: string];
const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.nat(1_000_000),
  fc.constantFrom("put", "drop", "swap"),
  fc.constantFrom(...MEANT),
);

const edited = (bytes: Uint8Array, [where, kind, byte]: Edit): Uint8Array => {
  const at = where % (bytes.length + 1);
  const put = kind === "drop" ? [] : [byte.charCodeAt(0)];
  return Uint8Array.of(...bytes.subarray(0, at), ...put, ...bytes.subarray(kind === "put" ? at : at + 1));
};

/** One in which up to three bytes are wrong. */
export const anyDamagedAnswer: fc.Arbitrary<Drawn> = fc
  .tuple(anyHttpAnswer, fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([{ method, bytes }, edits]) => ({ method, bytes: edits.reduce(edited, bytes) }));
