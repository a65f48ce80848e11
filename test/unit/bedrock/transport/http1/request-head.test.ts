import { describe, expect, it } from "vitest";
import type { Asked } from "../../../../../src/bedrock/transport/asked.ts";
import { headOf } from "../../../../../src/bedrock/transport/http1/request-head.ts";

const ASKED: Asked = {
  method: "POST",
  protocol: "https:",
  hostname: "aws.example",
  path: "/model/a%3A0/converse",
  headers: {},
};

const written = (asked: Partial<Asked>, length = 0): string | undefined =>
  headOf({ ...ASKED, ...asked }, length);

describe("what is signed is what is written", () => {
  it("byte for byte: names as they are cased, in their order, each once", () => {
    const headers = { "X-Amz-Date": "now", host: "aws.example", "content-length": "2", accept: "*/*" };
    expect(written({ headers }, 2)).toBe(
      "POST /model/a%3A0/converse HTTP/1.1\r\n" +
        "X-Amz-Date: now\r\nhost: aws.example\r\ncontent-length: 2\r\naccept: */*\r\n" +
        "connection: keep-alive\r\n\r\n",
    );
  });

  it("with the query as signatures count it: sorted, and nothing left to be read in two ways", () => {
    const query = { b: "it's (1)", a: ["/", "ü"], none: null };
    expect(written({ query })).toMatch(
      /^POST \/model\/a%3A0\/converse\?a=%2F&a=%C3%BC&b=it%27s%20%281%29&none= HTTP/,
    );
  });

  it.each(["Host", "HOST", "host"])("a host that is said is not said twice: %s", (name) => {
    const head = written({ headers: { [name]: "other.example" }, port: 8443 });
    expect(head?.match(/^host:.*$/gim)).toEqual([`${name}: other.example`]);
  });

  it.each([
    [undefined, "aws.example", "host: aws.example"],
    [8443, "aws.example", "host: aws.example:8443"],
    [8443, "[::1]", "host: [::1]:8443"],
  ])("a host that is not said is added (port %s of %s)", (port, hostname, line) => {
    expect(written({ port, hostname })?.split("\r\n")).toContain(line);
  });

  it("a text is one byte for each of its characters, as it was checked", () => {
    expect(written({ headers: { "x-name": "\tgrün \xff" } })).toContain("\r\nx-name: \tgrün \xff\r\n");
  });
});

describe("the length of what follows", () => {
  it.each([
    ["POST", 0, "content-length: 0"],
    ["PUT", 0, "content-length: 0"],
    ["POST", 17, "content-length: 17"],
    ["DELETE", 3, "content-length: 3"],
  ])("is added where it is missing: %s with %i bytes", (method, length, line) => {
    expect(written({ method }, length)?.split("\r\n")).toContain(line);
  });

  it.each(["GET", "HEAD", "DELETE", "OPTIONS"])(
    "is none where nothing is expected to follow: %s",
    (method) => {
      expect(written({ method })).not.toMatch(/length/i);
    },
  );

  it("is said once: the server would believe either", () => {
    const head = written({ headers: { "Content-Length": "4" } }, 4);
    expect(head?.match(/^content-length:.*$/gim)).toEqual(["Content-Length: 4"]);
  });
});

describe("what would say something else than it seems to is not sent", () => {
  const LINE = "a\r\nx-admin: yes";

  it.each<[string, Partial<Asked>, string]>([
    ["a line's end in a header", { headers: { a: LINE } }, "ERR_INVALID_CHAR"],
    ["a lone LF", { headers: { a: "b\nc" } }, "ERR_INVALID_CHAR"],
    ["a lone CR", { headers: { a: "b\rc" } }, "ERR_INVALID_CHAR"],
    ["NUL", { headers: { a: "b\0c" } }, "ERR_INVALID_CHAR"],
    [
      "a character that one byte does not hold, and whose low byte is LF",
      { headers: { a: "\u010a" } },
      "ERR_INVALID_CHAR",
    ],
    ["a line's end in a name", { headers: { [LINE]: "b" } }, "ERR_INVALID_HTTP_TOKEN"],
    ["a blank in a name", { headers: { "a b": "c" } }, "ERR_INVALID_HTTP_TOKEN"],
    ["a colon in a name", { headers: { "a:": "c" } }, "ERR_INVALID_HTTP_TOKEN"],
    ["no name", { headers: { "": "c" } }, "ERR_INVALID_HTTP_TOKEN"],
    ["a line's end in the path", { path: `/${LINE}` }, "ERR_UNESCAPED_CHARACTERS"],
    ["a blank in the path", { path: "/a HTTP/1.1" }, "ERR_UNESCAPED_CHARACTERS"],
    [
      "a character of the path that one byte does not hold",
      { path: "/\u010d\u010a" },
      "ERR_UNESCAPED_CHARACTERS",
    ],
    ["a line's end in the host", { hostname: LINE }, "ERR_INVALID_CHAR"],
    ["a host that one byte a character does not hold", { hostname: "a\u010d\u010ax" }, "ERR_INVALID_CHAR"],
  ])("%s", (_, asked, code) => {
    expect(() => written(asked)).toThrow(expect.objectContaining({ name: "TypeError", code }));
  });

  it("and what is refused is not told: it may be a key", () => {
    expect(() => written({ headers: { authorization: "Bearer secret\n" } })).not.toThrow("secret");
    expect(() => written({ headers: { authorization: "Bearer secret\n" } })).toThrow("authorization");
  });
});

describe("what wants something of its connection goes another way", () => {
  it.each(["connection", "Connection", "Expect", "keep-alive", "Transfer-Encoding", "upgrade"])(
    "%s",
    (name) => {
      expect(written({ headers: { [name]: "x" } })).toBeUndefined();
    },
  );

  it("and nothing else does", () => {
    expect(written({ headers: { "x-connection": "close", te: "trailers" } })).toContain(
      "x-connection: close",
    );
  });
});
