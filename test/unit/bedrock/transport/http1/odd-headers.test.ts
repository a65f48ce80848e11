import { describe, expect, it } from "vitest";
import { readHead } from "../../../../../src/bedrock/transport/http1/answer-head.ts";

const head = (...lines: string[]) => readHead(["HTTP/1.1 200 OK", ...lines].join("\r\n"), "POST");

describe("a header", () => {
  it("is what was said of it, whatever all objects have by its name", () => {
    expect(head("constructor: some").headers["constructor"]).toBe("some");
    expect(Object.getPrototypeOf(head("__proto__: some").headers)).toBe(Object.prototype);
  });

  // Whoever stands between may take it for no length and no chunks, and so where the answer ends for another place.
  it.each(["content-length: \u00a03", "transfer-encoding: \u000bchunked", "content-length: 3\r"])(
    "has no more around it than blanks and tabs: %j",
    (line) => expect(() => head(line)).toThrow("The answer is no HTTP/1.1"),
  );

  it("has blanks and tabs around it that mean nothing", () =>
    expect(head("x-some: \t a b \t").headers["x-some"]).toBe("a b"));
});
