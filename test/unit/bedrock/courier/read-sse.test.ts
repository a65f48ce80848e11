import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSse } from "../../../../src/bedrock/courier/read-sse.ts";
import { split } from "../../../support/frames.ts";

async function read(pieces: Iterable<Uint8Array>): Promise<string[][]> {
  const body = (async function* () {
    yield* pieces;
  })();
  const groups: string[][] = [];
  for await (const group of readSse(body)) groups.push(group);
  return groups;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("server-sent events", () => {
  it("are the data of each, grouped as they arrived", async () => {
    expect(await read([bytes("data: a\n\ndata: b\n\nda"), bytes("ta: c\n\n")])).toEqual([["a", "b"], ["c"]]);
  });

  it.each([
    ["no blank after the colon (ai-gateway#2470)", "data:a\n\n", ["a"]],
    ["carriage returns", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
    ["comments, names and ids", ": ping\n\nevent: x\nid: 1\ndata: a\n\n", ["a"]],
    ["two lines of data", "data: a\ndata: b\n\n", ["a\nb"]],
    ["the end that OpenAI writes", "data: [DONE]\n\n", ["[DONE]"]],
    ["an event that was cut short", "data: a\n\ndata: b", ["a"]],
  ])("may have %s", async (_, text, data) => {
    expect((await read([bytes(text)])).flat()).toEqual(data);
  });

  it("are the same for any split of their bytes, also within a character (ai-gateway#2163)", async () => {
    const data = fc.array(
      fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => text !== "" && !/[\r\n]/.test(text)),
    );
    await fc.assert(
      fc.asyncProperty(data, fc.integer({ min: 1, max: 9 }), async (texts, size) => {
        const wire = bytes(texts.map((text) => `data: ${text}\n\n`).join(""));
        expect((await read(split(wire, size))).flat()).toEqual(texts);
      }),
    );
  });

  it("that never end are given up, before the memory is", async () => {
    const mebibyte = bytes("x".repeat(1024 * 1024));
    let sent = 0;
    const endless = (function* () {
      yield bytes("data: ");
      for (; sent < 64; sent += 1) yield mebibyte;
    })();
    await expect(read(endless)).rejects.toThrow("has no end");
    expect(sent).toBeLessThan(20);
  });
});
