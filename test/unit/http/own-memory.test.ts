import { describe, expect, it } from "vitest";
import { inPieces } from "../../../src/http/in-pieces.ts";

async function takenAway(...pieces: Uint8Array[]): Promise<number[]> {
  const sizes: number[] = [];
  for await (const piece of inPieces(pieces.values()))
    sizes.push(structuredClone(piece, { transfer: [piece.buffer as ArrayBuffer] }).byteLength);
  return sizes;
}

describe("a piece of an answer that its reader takes away", () => {
  it("takes nobody else's memory with it, though small Buffers share theirs", async () => {
    const [piece, other] = [Buffer.from("a piece"), Buffer.from("of somebody else's")];
    expect(piece.buffer).toBe(other.buffer);
    expect(await takenAway(piece)).toEqual([7]);
    expect(other.toString()).toBe("of somebody else's");
  });

  it("is not copied where it is large: its memory is its own", async () => {
    const piece = Buffer.allocUnsafe(Buffer.poolSize);
    expect(await takenAway(piece)).toEqual([Buffer.poolSize]);
    expect(piece.byteLength).toBe(0);
  });
});
