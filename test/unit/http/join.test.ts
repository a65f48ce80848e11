import { expect, it } from "vitest";
import { join } from "../../../src/http/join.ts";

const CAN_FREE = "transfer" in ArrayBuffer.prototype;

it("what is put together gives its own memory back, and nobody else's", () => {
  const first = Buffer.from("first ");
  const pieces = [first, Buffer.from("second")];
  const { bytes, release } = join(pieces);
  expect(Buffer.from(bytes).toString()).toBe("first second");
  expect(pieces).toEqual([]);
  release();
  expect(bytes.byteLength).toBe(CAN_FREE ? 0 : 12);
  expect(first.toString()).toBe("first ");
});

it("what came in one piece is the socket's memory, or a test double's: it is left alone", () => {
  const piece = Buffer.from("whole");
  const { bytes, release } = join([piece]);
  expect(bytes).toBe(piece);
  release();
  expect(piece.toString()).toBe("whole");
});

it("no piece is no byte", () => {
  const { bytes, release } = join([]);
  release();
  expect(bytes.byteLength).toBe(0);
});
