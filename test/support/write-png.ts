import { crc32, deflateSync } from "node:zlib";

/** A PNG as its file tells it: whatever a drawing program may write, and what none would. */
export interface PngDraft {
  width: number;
  height: number;
  /** Grey 0, RGB 2, palette 3, grey with alpha 4, RGBA 6. */
  colourType: 0 | 2 | 3 | 4 | 6;
  /** Bits of a sample. */
  depth: 1 | 2 | 4 | 8 | 16;
  interlaced?: boolean;
  palette?: readonly number[];
  transparency?: readonly number[];
  /** The samples of a pixel. Default: none but zeros. */
  pixel?(x: number, y: number): readonly number[];
  /** Chunks before the pixels. */
  extra?: readonly (readonly [type: string, data: Uint8Array])[];
  /** The pixels as they stand in the file, in the place of those of `pixel`. */
  data?: Uint8Array;
}

export const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function writePng(draft: PngDraft): Buffer {
  const { palette, transparency, extra = [] } = draft;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header(draft)),
    ...extra.map(([type, data]) => chunk(type, data)),
    ...(palette ? [chunk("PLTE", Buffer.from(palette))] : []),
    ...(transparency ? [chunk("tRNS", Buffer.from(transparency))] : []),
    ...inThree(draft.data ?? deflateSync(rowsOf(draft))).map((data) => chunk("IDAT", data)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export const pngText = (draft: PngDraft): string => writePng(draft).toString("base64");

/** As large files are written, in more than one chunk. */
const inThree = (data: Uint8Array): Uint8Array[] => {
  const third = Math.ceil(data.length / 3);
  return [0, 1, 2].map((part) => data.subarray(part * third, (part + 1) * third));
};

function header({ width, height, depth, colourType, interlaced = false }: PngDraft): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([depth, colourType, 0, 0, interlaced ? 1 : 0], 8);
  return bytes;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

function rowsOf(draft: PngDraft): Buffer {
  const { width, height, colourType, depth, interlaced, pixel } = draft;
  const zeros = Array<number>(CHANNELS[colourType]).fill(0);
  const rows: Buffer[] = [];
  for (const [left, top, across, down] of interlaced ? ADAM7 : [[0, 0, 1, 1] as const]) {
    let above: Buffer | undefined;
    for (let y = top; y < height && left < width; y += down) {
      const samples: number[] = [];
      for (let x = left; x < width; x += across) samples.push(...(pixel?.(x, y) ?? zeros));
      const row = packed(samples, depth);
      rows.push(filtered(row, above, Math.ceil((depth * CHANNELS[colourType]) / 8), rows.length % 5));
      above = row;
    }
  }
  return Buffer.concat(rows);
}

function packed(samples: readonly number[], depth: number): Buffer {
  const row = Buffer.alloc(Math.ceil((samples.length * depth) / 8));
  for (const [index, sample] of samples.entries()) {
    if (depth === 16) row.writeUInt16BE(sample, index * 2);
    else row[(index * depth) >> 3]! |= sample << (8 - depth - ((index * depth) & 7));
  }
  return row;
}

/** Every filter takes its turn. */
function filtered(row: Buffer, above: Buffer | undefined, pixelBytes: number, filter: number): Buffer {
  const guess = (at: number): number => {
    const [left, up, corner] = [row[at - pixelBytes] ?? 0, above?.[at] ?? 0, above?.[at - pixelBytes] ?? 0];
    return [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter]!;
  };
  return Buffer.from([filter, ...Array.from(row, (byte, at) => (byte - guess(at)) & 0xff)]);
}

function nearest(left: number, up: number, corner: number): number {
  const wanted = left + up - corner;
  const [a, b, c] = [left, up, corner].map((each) => Math.abs(wanted - each)) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
