import { Buffer } from "node:buffer";
import { afterEach, describe, expect, it } from "vitest";
import { inPieces } from "../../../src/http/in-pieces.ts";
import { giveBack, markUnshared } from "../../../src/http/unshared.ts";

const { poolSize } = Buffer;
afterEach(() => void (Buffer.poolSize = poolSize));

/** Node 20 has no way to give memory back, and leaves it to the collector. */
const canFree = "transfer" in ArrayBuffer.prototype;
const left = (bytes: number): number => (canFree ? 0 : bytes);

describe("memory that was read from a socket of ours", () => {
  it("is given back by whoever is through with it", () => {
    const piece = Buffer.allocUnsafe(100_000);
    markUnshared([piece]);
    giveBack([piece.subarray(5, 10), piece.subarray(20)]);
    expect(piece.buffer.byteLength).toBe(left(100_000));
  });

  it("is somebody else's where nobody said otherwise", () => {
    const piece = Buffer.alloc(100_000, "a");
    giveBack([piece]);
    expect(piece.toString()).toBe("a".repeat(100_000));
  });

  it.each([1, poolSize / 2 - 1])("is Node's pool, which many share, at %i bytes", (size) => {
    const [piece, other] = [Buffer.allocUnsafe(size), Buffer.from("of somebody else's")];
    markUnshared([piece]);
    giveBack([piece]);
    expect(piece.buffer.byteLength).toBeGreaterThan(0);
    expect(other.toString()).toBe("of somebody else's");
  });

  it("is Node's pool also where that was made larger", () => {
    Buffer.poolSize = 1024 * 1024;
    const other = Buffer.from("of somebody else's");
    const piece = Buffer.allocUnsafe(100_000);
    markUnshared([piece]);
    giveBack([piece]);
    expect(other.toString()).toBe("of somebody else's");
  });

  it("is given back when all of an answer is copied, and not before", async () => {
    const came = [Buffer.alloc(70_000, "a"), Buffer.alloc(70_000, "b")];
    markUnshared(came);
    // Views of one memory come one after the other, and again.
    const views = [came[0]!, Buffer.from("-"), came[1]!.subarray(0, 10), came[0]!.subarray(0, 10)];
    const text = await new Response(inPieces(views)).text();
    expect(text).toBe(`${"a".repeat(70_000)}-${"b".repeat(10)}${"a".repeat(10)}`);
    expect(came.map(({ buffer }) => buffer.byteLength)).toEqual([left(70_000), left(70_000)]);
  });
});
