import { crc32 as nodes } from "node:zlib";
import { describe, expect, it } from "vitest";
import { crc32 as ofView } from "../../../../src/bedrock/courier/crc32.ts";

const crc32 = (bytes: Uint8Array, start: number, end: number): number =>
  ofView(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), start, end);

const bytes = Uint8Array.from({ length: 300 }, (_, index) => (index * 167 + 13) % 256);

describe("the checksum of a frame", () => {
  it("is that of the standard's own example", () => {
    expect(crc32(new TextEncoder().encode("123456789"), 0, 9)).toBe(0xcbf43926);
  });

  it("is Node's, wherever the bytes begin and end", () => {
    for (let start = 0; start < 20; start += 1)
      for (let end = start; end <= bytes.length; end += 1)
        expect(crc32(bytes, start, end)).toBe(nodes(bytes.subarray(start, end)));
  });

  it("tells every single bit that changed", () => {
    const sound = crc32(bytes, 0, 100);
    for (let bit = 0; bit < 800; bit += 1) {
      const damaged = bytes.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expect(crc32(damaged, 0, 100)).not.toBe(sound);
    }
  });
});
