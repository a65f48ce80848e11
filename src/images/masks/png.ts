import type { Size } from "../picture.ts";
import { joined } from "./joined.ts";

/** Grey, RGB, palette, grey with alpha, RGBA. */
export type ColourType = 0 | 2 | 3 | 4 | 6;

/** What a PNG file says of its pixels, and the pixels as they are packed. */
export interface Png extends Size {
  /** Bits of a sample. */
  depth: number;
  colourType: ColourType;
  interlaced: boolean;
  /** Three bytes a colour. */
  palette: Uint8Array;
  /** The alpha of the palette's colours, or the one colour that is transparent. */
  transparency: Uint8Array | undefined;
  /** Deflated. */
  data: Uint8Array<ArrayBuffer>;
}

/** Samples of a pixel. */
export const CHANNELS: Readonly<Record<ColourType, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const DEPTHS: Readonly<Record<ColourType, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

const SIGNATURE_BYTES = 8;
/** Length and type before a chunk's data, a checksum behind it. */
const HEAD_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** Of 25 MB, the smallest that programs write make some three thousand. */
const MAX_CHUNKS = 65_536;

/** Whatever else stands in a file, such as compressed profiles and texts, is never looked at. */
const WANTED: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "IDAT"]);

/** Source: the PNG specification, §11. @throws Error for what is none. */
export function readPng(bytes: Uint8Array): Png {
  const chunks = chunksOf(bytes);
  const [header] = chunks.get("IHDR") ?? [];
  if (header?.length !== 13) throw new Error("No header.");
  const view = new DataView(header.buffer, header.byteOffset);
  const [depth, colourType, compression, filter, interlace] = header.subarray(8);
  if (!isDepth(depth, colourType) || compression !== 0 || filter !== 0 || interlace! > 1)
    throw new Error("A header that no PNG has.");
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: depth!,
    colourType: colourType as ColourType,
    interlaced: interlace === 1,
    palette: chunks.get("PLTE")?.[0] ?? new Uint8Array(),
    transparency: chunks.get("tRNS")?.[0],
    data: joined(chunks.get("IDAT") ?? []),
  };
}

const isDepth = (depth = 0, colourType = -1): boolean =>
  DEPTHS[colourType as ColourType]?.includes(depth) ?? false;

function chunksOf(bytes: Uint8Array): Map<string, Uint8Array<ArrayBuffer>[]> {
  const chunks = new Map<string, Uint8Array<ArrayBuffer>[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = SIGNATURE_BYTES; at + HEAD_BYTES <= bytes.length; count += 1) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + HEAD_BYTES));
    const data = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length) as Uint8Array<ArrayBuffer>;
    if (type === "IEND") break;
    if (data.length < length || count > MAX_CHUNKS) throw new Error("Cut off, or made of crumbs.");
    if (WANTED.has(type)) {
      const found = chunks.get(type);
      if (found) found.push(data);
      else chunks.set(type, [data]);
    }
    at += HEAD_BYTES + length + CHECKSUM_BYTES;
  }
  return chunks;
}

/** Can a pixel of it be transparent? */
export const hasAlpha = ({ colourType, transparency }: Png): boolean =>
  colourType === 4 || colourType === 6 || transparency !== undefined;
