import { crc32, deflateSync, inflateSync } from "node:zlib";

/** PNGs made and read without the emulator's own reader and writer. */

export type Pixel = readonly number[];

const SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export interface PngParts {
  width: number;
  height: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGBA. */
  colourType: number;
  depth?: number;
  interlace?: number;
  /** The rows, each with its filter in front. */
  rows: Uint8Array;
  chunks?: Record<string, Uint8Array>;
}

/** A PNG of these parts, in base64. */
export function pngOf(parts: PngParts): string {
  const { width, height, colourType, depth = 8, interlace = 0, rows, chunks = {} } = parts;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType, 0, 0, interlace], 8);
  const extra = Object.entries(chunks).map(([type, data]) => chunk(type, data));
  const ends = [chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), ...extra, ...ends]).toString("base64");
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A PNG in base64: RGB, or RGBA where the pixels have four values. */
export function png(width: number, height: number, at: (x: number, y: number) => Pixel): string {
  const channels = at(0, 0).length;
  const rows = Buffer.alloc((width * channels + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(at(x, y), y * (width * channels + 1) + 1 + x * channels);
  }
  return pngOf({ width, height, colourType: channels === 4 ? 6 : 2, rows });
}

export const flat = (width: number, height: number, ...pixel: number[]) => png(width, height, () => pixel);

const [BLACK, WHITE] = [
  [0, 0, 0],
  [255, 255, 255],
];

/** A mask whose left half is black and whose right half is white. */
export const halfMask = (width: number, height: number) =>
  png(width, height, (x) => (x < width / 2 ? BLACK : WHITE));

/** A PNG in base64 of which only the header has the size. */
export function header(width: number, height: number): string {
  return pngOf({ width, height, colourType: 2, rows: Buffer.alloc(0) });
}

/** What the emulator answered, by its pixels. */
export interface Read {
  width: number;
  height: number;
  channels: number;
  at(x: number, y: number): number[];
  average(): number[];
}

/** Reads an 8-bit RGB or RGBA PNG whose rows are told as they are, or as the one above. */
export function readPicture(base64: unknown): Read {
  const bytes = Buffer.from(String(base64), "base64");
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error("no PNG");
  const [width, height, channels] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[25] === 6 ? 4 : 3];
  const dataAt = bytes.indexOf("IDAT") + 4;
  const raw = inflateSync(bytes.subarray(dataAt, dataAt + bytes.readUInt32BE(dataAt - 8)));
  const stride = width * channels;
  if (raw.length !== (stride + 1) * height) throw new Error(`${raw.length} bytes of pixels`);
  for (let y = 1; y < height; y += 1) {
    if (raw[y * (stride + 1)] !== 2) continue;
    raw.copy(raw, y * (stride + 1) + 1, (y - 1) * (stride + 1) + 1, y * (stride + 1));
  }
  const at = (x: number, y: number) => {
    const from = y * (stride + 1) + 1 + x * channels;
    return [...raw.subarray(from, from + channels)];
  };
  const average = () => {
    const sums = Array<number>(channels).fill(0);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        for (const [channel, value] of at(x, y).entries()) sums[channel] = (sums[channel] ?? 0) + value;
      }
    }
    return sums.map((sum) => Math.round(sum / (width * height)));
  };
  return { width, height, channels, at, average };
}

/** Which of the three colours is by far the strongest. */
export function hueOf([red = 0, green = 0, blue = 0]: readonly number[]): string {
  const [most, name] = [
    [red, "red"],
    [green, "green"],
    [blue, "blue"],
  ].toSorted(([a], [b]) => Number(b) - Number(a))[0] as [number, string];
  const others = red + green + blue - most;
  return most > others ? name : "mixed";
}
