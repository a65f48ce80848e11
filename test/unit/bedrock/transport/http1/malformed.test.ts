import { maxHeaderSize } from "node:http";
import { describe, expect, it } from "vitest";
import { bytesOf, readPieces, readWhole } from "../../../../support/network/read-answer.ts";

const OK = "HTTP/1.1 200 OK\r\n";
const END = "content-length: 4\r\n\r\ndone";
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`;

/** The same whether it comes at once or byte by byte. */
function refusals(text: string): unknown[] {
  const bytes = bytesOf(text);
  const bits = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
  return [[bytes], bits].map((pieces) => {
    try {
      return readPieces(pieces);
    } catch (thrown) {
      return (thrown as NodeJS.ErrnoException).code;
    }
  });
}

describe("a head that is none", () => {
  it.each([
    ["another protocol", `SSH-2.0-x\r\n\r\n`, "HPE_INVALID_CONSTANT"],
    ["another version", `HTTP/2.0 200 OK\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["a version that there is not", `HTTP/1.2 200 OK\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["in lower case", `http/1.1 200 OK\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["a request", `GET / HTTP/1.1\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["an empty line before it", `\r\n${OK}${END}`, "HPE_INVALID_CONSTANT"],
    ["a status of two digits", `HTTP/1.1 20 OK\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["a status of four digits", `HTTP/1.1 2000 OK\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["a status that is none", `HTTP/1.1 099 OK\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["two blanks before its status", `HTTP/1.1  200 OK\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["a line's end in its reason", `HTTP/1.1 200 O\nK\r\n${END}`, "HPE_CR_EXPECTED"],
    ["a lone CR in its reason", `HTTP/1.1 200 O\rK\r\n${END}`, "HPE_INVALID_CONSTANT"],
    ["a header without a colon", `${OK}header\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a header without a name", `${OK}: x\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a blank between name and colon", `${OK}a : b\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a name that is no token", `${OK}a(b): c\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a name beyond ASCII", `${OK}\xfc: c\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a header that goes on in the next line", `${OK}a: b\r\n c\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a first header that is indented", `${OK} a: b\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["NUL", `${OK}a: b\0\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["DEL", `${OK}a: b\x7f\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a lone LF that hides a header", `${OK}a: b\ncontent-length: 9\r\n${END}`, "HPE_CR_EXPECTED"],
    ["a lone CR that hides one", `${OK}a: b\rcontent-length: 9\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a CR too many", `${OK}a: b\r\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
    ["a form feed for a blank", `${OK}a:\x0cb\x0b\r\n${END}`, "HPE_INVALID_HEADER_TOKEN"],
  ])("%s", (_, text, code) => {
    expect(refusals(text)).toEqual([code, code]);
  });

  it.each(["", "-4", "+4", "0x4", "4.0", "4 4", "4e0", "four", "\xb2", "9007199254740993"])(
    "a length of %j",
    (length) => {
      const text = `${OK}content-length: ${length}\r\n\r\ndone`;
      expect(refusals(text)).toEqual(["HPE_INVALID_CONTENT_LENGTH", "HPE_INVALID_CONTENT_LENGTH"]);
    },
  );
});

describe("chunks that are none", () => {
  it.each([
    ["no size", "\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["no hexadecimal size", "g\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["a size with a sign", "+4\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["a negative size", "-4\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["a size with a prefix", "0x4\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["a blank before the size", " 4\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["two sizes", "4 4\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["an extension with nothing between", "4a=b\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["a size that no number holds", "10000000000000004\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["a lone CR in an extension", "4;a\rb\r\ndone\r\n", "HPE_INVALID_CHUNK_SIZE"],
    ["a size whose line ends with LF", "4\ndone\r\n", "HPE_STRICT"],
    ["an extension whose line ends with LF", "4;a\ndone\r\n", "HPE_STRICT"],
    ["a chunk longer than its size", "4\r\ndone!\r\n", "HPE_STRICT"],
    ["a chunk that ends with LF", "4\r\ndone\n0\r\n\r\n", "HPE_STRICT"],
    ["a chunk that ends with CR alone", "4\r\ndone\r0\r\n\r\n", "HPE_STRICT"],
    ["a last chunk that ends with LF", "4\r\ndone\r\n0\n\r\n", "HPE_STRICT"],
    ["a trailer that ends with LF", "4\r\ndone\r\n0\r\na: b\n\r\n", "HPE_STRICT"],
    ["an end that is LF alone", "4\r\ndone\r\n0\r\n\n", "HPE_STRICT"],
  ])("%s", (_, chunks, code) => {
    expect(refusals(CHUNKED + chunks)).toEqual([code, code]);
  });
});

/** A head of so many bytes, without the empty line at its end. */
const headOfSize = (size: number): string => {
  const begin = `${OK}content-length: 0\r\nx: `;
  return `${begin}${"y".repeat(size - begin.length)}\r\n\r\n`;
};

describe("what has no end is given up", () => {
  it("a head as long as Node takes it is one, however it comes, and a byte more is none", () => {
    expect(refusals(headOfSize(maxHeaderSize))).toMatchObject([{ isOver: true }, { isOver: true }]);
    const refused = ["HPE_HEADER_OVERFLOW", "HPE_HEADER_OVERFLOW"];
    expect(refusals(headOfSize(maxHeaderSize + 1))).toEqual(refused);
  });

  it("a head that does not end", () => {
    const pieces = Array.from({ length: 5 }, () => bytesOf("a: b\r\n".repeat(maxHeaderSize / 24)));
    expect(() => readPieces([bytesOf(OK), ...pieces])).toThrow(
      expect.objectContaining({ code: "HPE_HEADER_OVERFLOW" }),
    );
  });

  it.each([
    ["the line of a chunk's size", "0".repeat(17_000)],
    ["an extension", `4;${"a".repeat(17_000)}`],
    ["what stands where a chunk ends", `4\r\ndone\r${"a".repeat(17_000)}`],
    ["a trailer", `0\r\na: ${"b".repeat(17_000)}`],
    ["many trailers", `0\r\n${"a: b\r\n".repeat(5_000)}`],
  ])("%s", (_, chunks) => {
    const code = "HPE_CHUNK_EXTENSIONS_OVERFLOW";
    expect(refusals(CHUNKED + chunks)).toEqual([code, code]);
  });

  it("is not a long stream of which each chunk says a little more than its size", () => {
    const chunk = `1;chunk-signature=${"a".repeat(64)}\r\nx\r\n`;
    const { body, isOver } = readWhole(`${CHUNKED}${chunk.repeat(1_000)}0\r\n\r\n`);
    expect({ size: body.length, isOver }).toEqual({ size: 1_000, isOver: true });
  });
});
