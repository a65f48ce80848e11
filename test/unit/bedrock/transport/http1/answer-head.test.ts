import { describe, expect, it } from "vitest";
import { readWhole } from "../../../../support/network/read-answer.ts";

const OK = "HTTP/1.1 200 OK\r\n";
const END = "content-length: 0\r\n\r\n";

const headersOf = (lines: string): Record<string, string> => {
  const { "content-length": _, ...headers } = readWhole(`${OK}${lines}${END}`).headers;
  return headers;
};

const keptAfter = (head: string): boolean | undefined => readWhole(`${head}${END}`).isKept;

describe("a header", () => {
  it("is found by its name in lower case, without the blanks around it", () => {
    expect(headersOf("X-Amzn-RequestId:  a b \t\r\nempty:\r\nblank: \t \r\n")).toEqual({
      "x-amzn-requestid": "a b",
      empty: "",
      blank: "",
    });
  });

  it("keeps what HTTP does not take for a blank", () => {
    expect(headersOf("a: \xa0b\xa0\r\n")).toEqual({ a: "\xa0b\xa0" });
  });

  it("may be any text that fits a line, with colons", () => {
    expect(headersOf("location: https://a:1/ü?b=c\r\n")).toEqual({ location: "https://a:1/ü?b=c" });
  });

  it("said twice is a list", () => {
    expect(headersOf("a: 1\r\nb: 2\r\nA: 3\r\na:\r\n")).toEqual({ a: "1, 3, ", b: "2" });
    expect(headersOf("a:\r\na: 1\r\n")).toEqual({ a: ", 1" });
  });

  it.each(["content-type", "date", "retry-after", "location", "etag"])(
    "said twice counts once where it can be no list: %s",
    (name) => {
      expect(headersOf(`${name}: 1\r\n${name}: 2\r\n`)).toEqual({ [name]: "1" });
    },
  );

  it.each(["constructor", "valueOf", "toString", "hasOwnProperty"])(
    "is not mixed up with what every object has: %s",
    (name) => {
      expect(headersOf(`${name}: 1\r\n`)).toEqual({ [name.toLowerCase()]: "1" });
      expect(headersOf(`${name}: 1\r\n${name}: 2\r\n`)).toEqual({ [name.toLowerCase()]: "1, 2" });
    },
  );

  it("changes nothing about the object that holds it", () => {
    const { headers } = readWhole(`${OK}__proto__: x\r\n${END}`);
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
  });
});

describe("a status line", () => {
  it.each([
    ["HTTP/1.1 200 OK", 200, "OK"],
    ["HTTP/1.1 429 Too Many Requests", 429, "Too Many Requests"],
    ["HTTP/1.1 503 ", 503, ""],
    ["HTTP/1.1 503", 503, ""],
    ["HTTP/1.0 999 \xfcber", 999, "\xfcber"],
  ])("%s", (line, statusCode, reason) => {
    expect(readWhole(`${line}\r\n${END}`)).toMatchObject({ statusCode, reason });
  });
});

describe("whether a connection serves again", () => {
  it.each([
    [true, "HTTP/1.1 200 OK\r\n"],
    [true, "HTTP/1.1 200 OK\r\nconnection: keep-alive\r\n"],
    [false, "HTTP/1.1 200 OK\r\nconnection: close\r\n"],
    [false, "HTTP/1.1 200 OK\r\nConnection: upgrade, Close\r\n"],
    [false, "HTTP/1.1 200 OK\r\nconnection: x\r\nconnection: close\r\n"],
    [false, "HTTP/1.0 200 OK\r\n"],
    [false, "HTTP/1.0 200 OK\r\nconnection: close\r\n"],
    [true, "HTTP/1.0 200 OK\r\nconnection: Keep-Alive\r\n"],
  ])("%s: %j", (isKept, head) => {
    expect(keptAfter(head)).toBe(isKept);
  });
});

describe("two answers to how long the body is are none", () => {
  it.each([
    ["a length twice", "content-length: 4\r\ncontent-length: 5\r\n", "HPE_UNEXPECTED_CONTENT_LENGTH"],
    ["the same length twice", "content-length: 4\r\nContent-Length: 4\r\n", "HPE_UNEXPECTED_CONTENT_LENGTH"],
    ["two lengths in one", "content-length: 4, 4\r\n", "HPE_INVALID_CONTENT_LENGTH"],
    [
      "a length and chunks",
      "content-length: 4\r\ntransfer-encoding: chunked\r\n",
      "HPE_INVALID_CONTENT_LENGTH",
    ],
    [
      "chunks and a length",
      "transfer-encoding: chunked\r\ncontent-length: 4\r\n",
      "HPE_INVALID_CONTENT_LENGTH",
    ],
    [
      "a length and a coding",
      "transfer-encoding: gzip\r\ncontent-length: 4\r\n",
      "HPE_INVALID_CONTENT_LENGTH",
    ],
  ])("%s", (_, lines, code) => {
    expect(() => readWhole(`${OK}${lines}\r\ndone`)).toThrow(expect.objectContaining({ code }));
  });
});
