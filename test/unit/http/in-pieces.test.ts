import { describe, expect, it } from "vitest";
import { inPieces } from "../../../src/http/in-pieces.ts";

/** What somebody reads who takes each piece's memory away. */
async function takenAway(...pieces: Uint8Array[]): Promise<Buffer[]> {
  const taken: Buffer[] = [];
  for await (const piece of inPieces(pieces))
    taken.push(Buffer.from(structuredClone(piece, { transfer: [piece.buffer as ArrayBuffer] })));
  return taken;
}

describe("a piece of an answer that its reader takes away", () => {
  it("takes nobody else's memory with it, though small Buffers share theirs", async () => {
    const [piece, other] = [Buffer.from("a piece"), Buffer.from("of somebody else's")];
    expect(piece.buffer).toBe(other.buffer);
    expect(String(await takenAway(piece))).toBe("a piece");
    expect(other.toString()).toBe("of somebody else's");
  });

  it("leaves the others, which stood in the same memory", async () => {
    const all = Buffer.from("0123456789".repeat(20_000));
    const views = Array.from({ length: 20 }, (_, index) =>
      all.subarray(index * 10_000, (index + 1) * 10_000),
    );
    const taken = await takenAway(...views);
    expect(taken.length).toBeGreaterThan(1);
    expect(Buffer.concat(taken).equals(all)).toBe(true);
  });
});

it("pieces come a socket's worth at a time, and nothing is no piece", async () => {
  const pieces = await takenAway(Buffer.alloc(0), ...Array.from({ length: 100 }, () => Buffer.alloc(1_000)));
  expect(pieces.map(({ length }) => length)).toEqual([66_000, 34_000]);
  expect(await takenAway()).toEqual([]);
});
