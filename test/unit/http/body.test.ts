import { describe, expect, it } from "vitest";
import { readBody } from "../../../src/http/body.ts";

const limits = { maxBytes: 1_000_000, idleMs: 1_000, signal: new AbortController().signal };

function request(pieces: Uint8Array[], announced?: number): Request {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const headers = announced === undefined ? {} : { "content-length": String(announced) };
  return new Request("http://x", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

const piece = (size: number, value = size % 251): Uint8Array => new Uint8Array(size).fill(value);
const joined = (pieces: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces));

describe("a body", () => {
  it("in one piece is not copied", async () => {
    const only = piece(50_000);
    expect((await readBody(request([only]), limits)).buffer).toBe(only.buffer);
  });

  it.each<[string, Uint8Array[]]>([
    ["nothing", []],
    ["empty pieces", [piece(0), piece(0)]],
    ["one after an empty one", [piece(0), piece(7), piece(0)]],
    ["one byte at a time", Array.from({ length: 5_000 }, (_, index) => piece(1, index % 251))],
    ["a large one and small ones", [piece(40_000), piece(1), piece(2), piece(70_000), piece(3)]],
  ])("in pieces is one: %s", async (_, pieces) => {
    const whole = joined(pieces);
    // As announced, unannounced, and announced wrongly, as compressed bodies are.
    for (const announced of [whole.length, undefined, 1, 999_999, 0])
      expect(await readBody(request(pieces, announced), limits)).toEqual(whole);
  });

  it("never writes into a piece that it was given", async () => {
    const memory = new Uint8Array(100);
    await readBody(request([memory.subarray(0, 10), piece(20, 9)]), limits);
    expect(memory).toEqual(new Uint8Array(100));
  });
});
