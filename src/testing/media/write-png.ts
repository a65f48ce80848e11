import { crc32, deflateSync } from "node:zlib";
import type { Picture } from "./picture.ts";

const SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const DEPTH = 8;
const RGB = 2;
const RGBA = 6;
/** The filter of rows that are told by the difference from the row above. */
const UP = 2;

/** A PNG of 8-bit RGB, or RGBA where the alpha counts. */
export function writePng(picture: Picture, { alpha = false } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(picture.height, 4);
  header.set([DEPTH, alpha ? RGBA : RGB], 8);
  const data = deflateSync(rowsOf(picture, alpha ? 4 : 3), { level: 1 });
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function rowsOf({ width, height, row }: Picture, channels: number): Buffer {
  const rowBytes = width * channels + 1;
  const rows = Buffer.alloc(rowBytes * height);
  let above: Uint8Array | undefined;
  for (let y = 0; y < height; y += 1) {
    const pixels = row(y);
    // No difference: the buffer is zeros already, which is why a picture of few colours costs next to nothing.
    if (pixels === above) rows[y * rowBytes] = UP;
    else copyPixels(pixels, rows, y * rowBytes + 1, channels);
    above = pixels;
  }
  return rows;
}

function copyPixels(pixels: Uint8Array, rows: Buffer, at: number, channels: number): void {
  for (let from = 0, to = at; from < pixels.length; from += 4, to += channels) {
    for (let channel = 0; channel < channels; channel += 1) rows[to + channel] = pixels[from + channel] ?? 0;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
