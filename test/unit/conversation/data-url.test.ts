import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDataUrl, oneLine, readDataUrl, textToBase64 } from "../../../src/conversation/media/data-url.ts";

const read = (url: string) => readDataUrl(url, "messages[0].content[0].image_url.url");
const textOf = (base64: string): string => Buffer.from(base64, "base64").toString("utf8");

describe("a data URL", () => {
  it.each([
    ["data:image/png;base64,iVBO", "image/png", "iVBO"],
    ["DATA:IMAGE/PNG;BASE64,iVBO", "image/png", "iVBO"],
    ["data:text/plain;charset=utf-8;base64,aGk=", "text/plain", "aGk="],
    ["data:;base64,aGk=", "", "aGk="],
    ["data:application/pdf;name=a.pdf;base64,JVBE", "application/pdf", "JVBE"],
  ])("in base64 is taken as it is, never decoded: %s", (url, mediaType, bytes) => {
    expect(read(url)).toEqual({ mediaType, bytes });
  });

  it("whose base64 was broken into lines is one line: AWS breaks none", () => {
    expect(read("data:image/png;base64,iVBO\nRw0K\r\nGgo=\n").bytes).toBe("iVBORw0KGgo=");
    expect(oneLine("iVBO ")).toBe("iVBO");
  });

  it.each([
    ["data:text/plain,Hello%20there", "Hello there"],
    ["data:,a,b,c", "a,b,c"],
    ["data:text/plain,100%", "100%"],
    ["data:text/plain,%zz%2", "%zz%2"],
    ["data:text/plain,caf%C3%A9", "café"],
    ["data:text/plain,café 😀", "café 😀"],
    ["data:text/plain,%F0%9F%98%80", "😀"],
  ])("in plain text is decoded, and is base64 then: %s", (url, text) => {
    expect(textOf(read(url).bytes)).toBe(text);
  });

  it("in plain text says what was encoded, whatever it is", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(text, (said) => {
        expect(textOf(read(`data:text/plain,${encodeURIComponent(said)}`).bytes)).toBe(said);
        expect(textOf(textToBase64(said))).toBe(said);
      }),
    );
  });

  it("in plain text of megabytes does not run out of stack", () => {
    expect(textOf(read(`data:text/plain,${"é".repeat(1_000_000)}`).bytes)).toBe("é".repeat(1_000_000));
  });

  it.each(["data:", "data:image/png;base64", "data:image/png;base64,", `data:${"x".repeat(300)},aGk=`])(
    "without data is refused, naming the parameter: %s",
    (url) => {
      expect(() => read(url)).toThrow(
        expect.objectContaining({
          status: 400,
          code: "invalid_value",
          param: "messages[0].content[0].image_url.url",
          message: "Invalid 'messages[0].content[0].image_url.url': a data URL is data:<type>;base64,<data>.",
        }),
      );
    },
  );

  it("is told from other addresses by its scheme alone", () => {
    expect(["data:,a", "DATA:,a"].every(isDataUrl)).toBe(true);
    expect(["https://example.com/data:", "database", " data:,a", ""].some(isDataUrl)).toBe(false);
  });
});
