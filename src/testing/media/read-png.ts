import { inflateSync } from "node:zlib";
import type { Picture } from "./picture.ts";
import { unfilter } from "./png-filter.ts";

const SIGNATURE_BYTES = 8;

/** Samples per pixel of each colour type: grey, RGB, palette, grey + alpha, RGBA. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Layout {
  width: number;
  colourType: number;
  /** Bits per sample. */
  depth: number;
  palette: Buffer;
  /** The alpha of the palette's colours. */
  alphas: Buffer;
}

/** The pixels of a PNG; undefined for PNGs that have more than `maxPixels`, are interlaced or broken. */
export function readPng(bytes: Buffer, maxPixels: number): Picture | undefined {
  try {
    return read(bytes, maxPixels);
  } catch {
    return undefined;
  }
}

function read(bytes: Buffer, maxPixels: number): Picture | undefined {
  const chunks = chunksOf(bytes);
  const header = chunks.get("IHDR")?.[0];
  if (!header) return undefined;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colourType = 0, , , interlace = 0] = header.subarray(8);
  const channels = CHANNELS[colourType];
  if (interlace !== 0 || !channels || width * height > maxPixels) return undefined;
  const stride = Math.ceil((width * channels * depth) / 8);
  const size = (stride + 1) * height;
  const raw = inflateSync(Buffer.concat(chunks.get("IDAT") ?? []), { maxOutputLength: size });
  if (raw.length < size) return undefined;
  const data = unfilter(raw, stride, height, Math.ceil((channels * depth) / 8));
  const whole = (type: string) => chunks.get(type)?.[0] ?? Buffer.alloc(0);
  const layout: Layout = { width, colourType, depth, palette: whole("PLTE"), alphas: whole("tRNS") };
  return { width, height, row: (y) => toRgba(data.subarray(y * stride, (y + 1) * stride), layout) };
}

function chunksOf(bytes: Buffer): Map<string, Buffer[]> {
  const chunks = new Map<string, Buffer[]>();
  for (let at = SIGNATURE_BYTES; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const found = chunks.get(type);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (found) found.push(data);
    else chunks.set(type, [data]);
    at += 12 + length;
  }
  return chunks;
}

function toRgba(packed: Uint8Array, layout: Layout): Uint8Array {
  const { width, colourType, palette, alphas } = layout;
  const samples = unpack(packed, layout);
  const channels = CHANNELS[colourType] ?? 1;
  const isGrey = colourType === 0 || colourType === 4;
  const rgba = new Uint8Array(width * 4).fill(255);
  for (let x = 0, from = 0, to = 0; x < width; x += 1, from += channels, to += 4) {
    const first = samples[from] ?? 0;
    if (colourType === 3) {
      rgba.set(palette.subarray(first * 3, first * 3 + 3), to);
      rgba[to + 3] = alphas[first] ?? 255;
      continue;
    }
    rgba[to] = first;
    rgba[to + 1] = isGrey ? first : (samples[from + 1] ?? 0);
    rgba[to + 2] = isGrey ? first : (samples[from + 2] ?? 0);
    if (colourType >= 4) rgba[to + 3] = samples[from + channels - 1] ?? 255;
  }
  return rgba;
}

/** One byte a sample; indexes into the palette as they are. */
function unpack(packed: Uint8Array, { width, colourType, depth }: Layout): Uint8Array {
  if (depth === 8) return packed;
  const count = width * (CHANNELS[colourType] ?? 1);
  if (depth === 16) return Uint8Array.from({ length: count }, (_, index) => packed[index * 2] ?? 0);
  const highest = (1 << depth) - 1;
  const scale = colourType === 3 ? 1 : 255 / highest;
  return Uint8Array.from({ length: count }, (_, index) => {
    const bit = index * depth;
    return (((packed[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & highest) * scale;
  });
}
