import { describe, expect, it } from "vitest";
import { shortenFiles } from "../../../../../integrations/command/explain/shorten.ts";

const base64 = (bytes: number): string => Buffer.alloc(bytes, 7).toString("base64");

describe("the files of a body", () => {
  it("are told by their beginning and size, wherever they stand", () => {
    const body = {
      content: [{ bytes: base64(1536) }, { url: `data:image/png;base64,${base64(3 * 1024 * 1024)}` }],
    };
    expect(shortenFiles(body)).toEqual({
      content: [
        { bytes: expect.stringMatching(/^(BwcH){10}… \(base64, 1\.5 KiB\)$/) },
        { url: expect.stringMatching(/^data:image\/png;base64,.{18}… \(base64, 3\.0 MiB\)$/) },
      ],
    });
  });

  it("leave alone what people have written, however long", () => {
    const body = {
      text: "Lorem ipsum, dolor sit amet. ".repeat(50),
      short: "aGk=",
      number: 1,
      nothing: null,
    };
    expect(shortenFiles(body)).toEqual(body);
  });

  it("are found in linear time", () => {
    const almost = `${"A".repeat(2_000_000)} `;
    expect(shortenFiles(almost)).toBe(almost);
  });
});
