import { deflate, inflate } from "./deflate.ts";
import type { PngLibrary } from "./fast-png.ts";
import { joined } from "./joined.ts";
import { type Pass, passBytes, passesOf, rowBytes } from "./passes.ts";
import { CHANNELS, type Png } from "./png.ts";

/** One number a sample, as deep as the file has them: pixel by pixel, row by row. */
export type Samples = Uint8Array | Uint16Array;

/**
 * The samples of a PNG. The library is given the pixels and nothing else of a file: it would inflate whatever else is
 * compressed in it, without a bound, and it knows no interlaced pixels of less than a byte.
 * @throws Error for a file whose pixels are not what its header tells.
 */
export async function samplesOf(png: Png, library: PngLibrary): Promise<Samples> {
  const passes = passesOf(png);
  const size = passes.reduce((sum, pass) => sum + passBytes(png, pass), 0);
  const inflated = await inflate(png.data, size);
  const [whole] = passes;
  if (!png.interlaced && whole) return decoded(png, whole, png.data, library);
  const samples = png.depth === 16 ? new Uint16Array(areaOf(png)) : new Uint8Array(areaOf(png));
  let at = 0;
  for (const pass of passes) {
    const end = at + passBytes(png, pass);
    const data = await deflate(inflated.subarray(at, end));
    scatter(decoded(png, pass, data, library), pass, samples, png);
    at = end;
  }
  return samples;
}

const areaOf = ({ width, height, colourType }: Png): number => width * height * CHANNELS[colourType];

/** The pixels of a pass are those of a smaller image. */
function decoded(png: Png, pass: Pass, data: Uint8Array, { decode }: PngLibrary): Samples {
  const packed = decode(fileOf(png, pass, data)).data;
  return png.depth < 8 ? unpacked(packed, png, pass) : (packed as Samples);
}

/** Samples of less than a byte stand side by side; every row begins with a new one. */
function unpacked(packed: ArrayLike<number>, png: Png, { width, height }: Pass): Uint8Array {
  const samples = new Uint8Array(width * height);
  const stride = rowBytes(png, width);
  const highest = (1 << png.depth) - 1;
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let bit = 0; bit < width * png.depth; bit += png.depth, to += 1) {
      const shift = 8 - png.depth - (bit & 7);
      samples[to] = (packed[y * stride + (bit >> 3)]! >> shift) & highest;
    }
  }
  return samples;
}

function scatter(from: Samples, pass: Pass, to: Samples, { width, colourType }: Png): void {
  const channels = CHANNELS[colourType];
  for (let y = 0, at = 0; y < pass.height; y += 1) {
    const row = (pass.top + y * pass.down) * width + pass.left;
    for (let x = 0; x < pass.width; x += 1) {
      const pixel = (row + x * pass.across) * channels;
      for (let channel = 0; channel < channels; channel += 1, at += 1) to[pixel + channel] = from[at]!;
    }
  }
}

/** A file without checksums, which the library does not look at. */
function fileOf({ depth, colourType }: Png, { width, height }: Pass, data: Uint8Array): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colourType], 8);
  return joined([SIGNATURE, ...chunk("IHDR", header), ...chunk("IDAT", data), ...chunk("IEND", NONE)]);
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const CHECKSUM = new Uint8Array(4);
const NONE = new Uint8Array();

function chunk(type: string, data: Uint8Array): Uint8Array[] {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, data.length);
  head.set(new TextEncoder().encode(type), 4);
  return [head, data, CHECKSUM];
}
