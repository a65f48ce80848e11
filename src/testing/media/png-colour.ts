import { inflateSync } from "node:zlib";

const MAX_PIXELS = 1 << 18;
const SIGNATURE_BYTES = 8;

/** Samples per pixel of the 8-bit colour types we read: grey, RGB, palette, grey + alpha, RGBA. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const COLOURS: readonly (readonly [name: string, red: number, green: number, blue: number])[] = [
  ["black", 0, 0, 0],
  ["white", 255, 255, 255],
  ["gray", 128, 128, 128],
  ["red", 230, 20, 20],
  ["green", 20, 180, 20],
  ["blue", 20, 20, 230],
  ["yellow", 240, 230, 30],
  ["cyan", 20, 220, 220],
  ["magenta", 230, 20, 230],
  ["orange", 250, 140, 20],
  ["purple", 120, 30, 150],
  ["pink", 250, 170, 190],
  ["brown", 130, 80, 40],
];

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

interface Png {
  width: number;
  height: number;
  colourType: number;
  palette: Buffer;
  data: Buffer;
}

/** The average colour of a small 8-bit PNG, by name; undefined for PNGs that are large, interlaced or broken. */
export function pngColour(bytes: Buffer): string | undefined {
  try {
    const png = readPng(bytes);
    return png && nameOf(average(png));
  } catch {
    return undefined;
  }
}

function readPng(bytes: Buffer): Png | undefined {
  const chunks = new Map<string, Buffer[]>();
  for (let at = SIGNATURE_BYTES; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    chunks.set(type, [...(chunks.get(type) ?? []), bytes.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  const header = chunks.get("IHDR")?.[0];
  if (!header) return undefined;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colourType = 0, , , interlace = 0] = header.subarray(8);
  const channels = CHANNELS[colourType];
  if (depth !== 8 || interlace !== 0 || !channels || width * height > MAX_PIXELS) return undefined;
  const maxOutputLength = (width * channels + 1) * height;
  const raw = inflateSync(Buffer.concat(chunks.get("IDAT") ?? []), { maxOutputLength });
  const palette = chunks.get("PLTE")?.[0] ?? Buffer.alloc(0);
  return { width, height, colourType, palette, data: unfilter(raw, width * channels, height, channels) };
}

/** Undoes the filter that each row names in its first byte. */
function unfilter(raw: Buffer, stride: number, height: number, channels: number): Buffer {
  const data = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : (data[row * stride + x - channels] ?? 0);
      const up = row === 0 ? 0 : (data[(row - 1) * stride + x] ?? 0);
      const corner = row === 0 || x < channels ? 0 : (data[(row - 1) * stride + x - channels] ?? 0);
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      data[row * stride + x] = (raw[row * (stride + 1) + 1 + x] ?? 0) + predicted;
    }
  }
  return data;
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) =>
    Math.abs(left + up - corner - value),
  ) as [number, number, number];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function average(png: Png): Pixel {
  const sums = [0, 0, 0, 0];
  const count = png.width * png.height;
  for (let index = 0; index < count; index += 1) {
    const [red, green, blue, alpha] = pixelAt(png, index);
    for (const [channel, value] of [red, green, blue].entries())
      sums[channel] = (sums[channel] ?? 0) + value * alpha;
    sums[3] = (sums[3] ?? 0) + alpha;
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sums;
  return [red / alpha, green / alpha, blue / alpha, alpha / count];
}

function pixelAt({ colourType, palette, data }: Png, index: number): Pixel {
  const channels = CHANNELS[colourType] ?? 1;
  const samples = data.subarray(index * channels, (index + 1) * channels);
  const [first = 0, second = 255, third = 0, fourth = 255] = samples;
  if (colourType === 3) {
    const [red = 0, green = 0, blue = 0] = palette.subarray(first * 3, first * 3 + 3);
    return [red, green, blue, 255];
  }
  if (colourType === 0 || colourType === 4) return [first, first, first, second];
  return [first, second, third, fourth];
}

function nameOf([red, green, blue, alpha]: Pixel): string {
  if (alpha < 8) return "transparent";
  const distance = ([, r, g, b]: (typeof COLOURS)[number]) =>
    (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  return COLOURS.reduce((nearest, colour) => (distance(colour) < distance(nearest) ? colour : nearest))[0];
}
