const MARKER = 0xff;
/** Baseline, extended, progressive: what is decoded anywhere. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const SCAN = 0xda;
const END = 0xd9;
/** Markers without a segment: TEM, and the restarts. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Length, precision, height, width. */
const FRAME_BYTES = 9;

/**
 * The frame header of a JPEG, from its marker on. What stands before it is passed over segment by segment; what stands
 * between segments is passed over as decoders do.
 */
export function frameOf(bytes: Uint8Array): Uint8Array | undefined {
  let at = bytes.indexOf(MARKER, 2);
  while (at >= 0 && at + FRAME_BYTES <= bytes.length) {
    const marker = bytes[at + 1]!;
    if (FRAMES.has(marker)) return bytes.subarray(at, at + FRAME_BYTES);
    if (marker === SCAN || marker === END) return undefined;
    at = bytes.indexOf(MARKER, at + stepOver(bytes, at));
  }
  return undefined;
}

/** A marker may stand behind more than one 0xff; a zero behind it makes it none. */
function stepOver(bytes: Uint8Array, at: number): number {
  const marker = bytes[at + 1]!;
  if (marker === MARKER) return 1;
  return marker === 0 || isBare(marker) ? 2 : 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
}
