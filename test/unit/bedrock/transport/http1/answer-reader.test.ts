import { describe, expect, it } from "vitest";
import { AnswerReader } from "../../../../../src/bedrock/transport/http1/answer-reader.ts";
import { bytesOf, readWhole } from "../../../../support/network/read-answer.ts";

const OK = "HTTP/1.1 200 OK\r\n";

/** Over chunks of these bytes. */
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`;

describe("the end of a body is told", () => {
  it("by its length", () => {
    expect(readWhole(`${OK}content-length: 4\r\n\r\ndone`)).toMatchObject({ body: "done", isOver: true });
    expect(readWhole(`${OK}content-length: 4\r\n\r\ndon`)).toMatchObject({ body: "don", isOver: false });
    expect(readWhole(`${OK}content-length: 0\r\n\r\n`)).toMatchObject({ body: "", isOver: true });
    expect(readWhole(`${OK}content-length: 0004 \t\r\n\r\ndone`)).toMatchObject({
      body: "done",
      isOver: true,
    });
  });

  it("by its last chunk, and not before what stands behind that has been read", () => {
    const text = `${CHUNKED}3\r\ndon\r\n1\r\ne\r\n0\r\n\r\n`;
    expect(readWhole(text)).toMatchObject({ body: "done", isOver: true });
    expect(readWhole(text.slice(0, -1))).toMatchObject({ body: "done", isOver: false });
  });

  it.each([
    [
      "sizes in either case, with zeros before them",
      "00A\r\n0123456789\r\n000a\r\n0123456789\r\n00\r\n\r\n",
      20,
    ],
    ["extensions", 'a;name=value;other="a b";\r\n0123456789\r\n0;last\r\n\r\n', 10],
    ["blanks before an extension", "A \t;a\r\n0123456789\r\n0 \r\n\r\n", 10],
    ["trailers", "A\r\n0123456789\r\n0\r\nx-check: 1\r\ncontent-length: 3\r\n\r\n", 10],
    ["what looks like the end, within a chunk", "5\r\n0\r\n\r\n\r\n0\r\n\r\n", 5],
    ["nothing but an end", "0\r\n\r\n", 0],
  ])("in chunks with %s", (_, chunks, size) => {
    const { body, isOver, hasMore } = readWhole(CHUNKED + chunks);
    expect({ size: body.length, isOver, hasMore }).toEqual({ size, isOver: true, hasMore: false });
  });

  it("by the end of the connection where nothing else tells it", () => {
    const reader = new AnswerReader("GET");
    expect(String(reader.push(bytesOf(`${OK}\r\nsome`)))).toBe("some");
    expect(String(reader.push(bytesOf(" more")))).toBe(" more");
    expect(reader.isOver).toBe(false);
    expect(reader.end()).toBe(true);
  });

  it.each(["gzip", "chunked, gzip", "chunked;a=b", "xchunked"])(
    "by the end of the connection where chunks are not the last coding: %s",
    (coding) => {
      const text = `${OK}transfer-encoding: ${coding}\r\n\r\n4\r\ndone\r\n0\r\n\r\n`;
      expect(readWhole(text)).toMatchObject({ body: "4\r\ndone\r\n0\r\n\r\n", isOver: false });
    },
  );

  it("not by the end of the connection where something else does", () => {
    for (const text of ["", OK, `${OK}content-length: 4\r\n\r\ndon`, `${CHUNKED}4\r\ndone\r\n0\r\n`]) {
      const reader = new AnswerReader("GET");
      if (text !== "") reader.push(bytesOf(text));
      expect(reader.end()).toBe(false);
    }
  });

  it.each([
    ["HEAD", 200],
    ["GET", 204],
    ["GET", 304],
  ])("by its head where there can be none: %s, %i", (method, status) => {
    for (const said of ["content-length: 4", "transfer-encoding: chunked", "etag: 1"]) {
      const answer = readWhole(`HTTP/1.1 ${status} x\r\n${said}\r\n\r\n`, method);
      expect(answer).toMatchObject({ statusCode: status, body: "", isOver: true, hasMore: false });
    }
  });
});

describe("what is said before the answer", () => {
  it("is not the answer, however much of it there is", () => {
    const before = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nlink: a\r\ncontent-length: 9\r\n\r\n";
    const answer = readWhole(`${before.repeat(500)}${OK}x: y\r\ncontent-length: 4\r\n\r\ndone`);
    expect(answer).toMatchObject({ statusCode: 200, headers: { x: "y" }, body: "done", isOver: true });
    expect(answer.headers).not.toHaveProperty("link");
  });

  it("is no answer by itself", () => {
    const answer = readWhole("HTTP/1.1 100 Continue\r\n\r\n");
    expect(answer).toMatchObject({ statusCode: undefined, isOver: false });
  });

  it("is not that another protocol is spoken from now on: nobody has asked for that", () => {
    expect(() => readWhole("HTTP/1.1 101 Else\r\nupgrade: else\r\n\r\n")).toThrow(
      expect.objectContaining({ code: "ECONNRESET" }),
    );
  });
});

describe("bytes beyond the answer are noticed: they are nobody's", () => {
  it.each([
    ["a length", `${OK}content-length: 4\r\n\r\ndone`, "GET"],
    ["chunks", `${CHUNKED}4\r\ndone\r\n0\r\n\r\n`, "GET"],
    ["no body", "HTTP/1.1 204 x\r\n\r\n", "GET"],
    ["no body, to HEAD", `${OK}content-length: 4\r\n\r\n`, "HEAD"],
  ])("after %s", (_, text, method) => {
    expect(readWhole(text, method)).toMatchObject({ isOver: true, hasMore: false });
    const more = readWhole(`${text}HTTP/1.1 200 OK\r\n\r\n`, method);
    expect(more).toMatchObject({ isOver: true, hasMore: true });
    expect(more.body).toBe(readWhole(text, method).body);
  });

  it("in a read of their own", () => {
    const reader = new AnswerReader("GET");
    reader.push(bytesOf(`${OK}content-length: 4\r\n\r\ndone`));
    expect(reader.push(bytesOf("\n"))).toBeUndefined();
    expect(reader.hasMore).toBe(true);
  });
});

it("a body stays what it was when the next bytes are read into the same place", () => {
  for (const text of [`${OK}content-length: 9\r\n\r\ndone`, `${CHUNKED}4\r\ndone\r\n`, `${OK}\r\ndone`]) {
    const inbox = bytesOf(text);
    const data = new AnswerReader("GET").push(inbox);
    inbox.fill("x");
    expect(String(data)).toBe("done");
  }
});
