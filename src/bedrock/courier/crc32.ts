/** The polynomial of CRC-32 (IEEE 802.3), its bits in reverse. */
const POLYNOMIAL = 0xedb88320;

/** What a byte does to the checksum of what follows it, by how many bytes follow in its step: 0 to 7. */
let made: Int32Array | undefined;
const [ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN] = [0x100, 0x200, 0x300, 0x400, 0x500, 0x600, 0x700] as const;

/**
 * CRC-32 of the bytes from `start` to `end`, eight in a step ("slicing by 8": Kounavis and Berry, 2005). Frames are short: to call
 * Node's own, with a view of the bytes, takes longer than this.
 */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  // By the first stream: a process that answers in one piece has no need of it.
  const table = (made ??= createTable());
  let crc = -1;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const next = crc ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    crc =
      table[SEVEN + (next & 255)]! ^
      table[SIX + ((next >>> 8) & 255)]! ^
      table[FIVE + ((next >>> 16) & 255)]! ^
      table[FOUR + (next >>> 24)]! ^
      table[THREE + bytes[at + 4]!]! ^
      table[TWO + bytes[at + 5]!]! ^
      table[ONE + bytes[at + 6]!]! ^
      table[bytes[at + 7]!]!;
  }
  for (; at < end; at += 1) crc = table[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function createTable(): Int32Array {
  const table = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    table[byte] = crc;
  }
  for (let at = 256; at < table.length; at += 1) {
    const before = table[at - 256]!;
    table[at] = (before >>> 8) ^ table[before & 255]!;
  }
  return table;
}
