import type { ImageFormat } from "../../conversation/types.ts";

/** What the first bytes of an image say. Pixels; 0 when the header gives no size. */
export interface ImageHeader {
  format: ImageFormat;
  width: number;
  height: number;
}

const PNG_SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

type Size = Omit<ImageHeader, "format">;

const FORMATS: readonly { format: ImageFormat; is(bytes: Buffer): boolean; size(bytes: Buffer): Size }[] = [
  { format: "png", is: (bytes) => bytes.subarray(0, 8).equals(PNG_SIGNATURE), size: pngSize },
  {
    format: "jpeg",
    is: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
    size: jpegSize,
  },
  { format: "gif", is: (bytes) => /^GIF8[79]a/.test(bytes.toString("latin1", 0, 6)), size: gifSize },
  { format: "webp", is: (bytes) => /^RIFF....WEBP/s.test(bytes.toString("latin1", 0, 12)), size: webpSize },
];

const UNKNOWN: Size = { width: 0, height: 0 };

/** Recognizes an image by its magic bytes; undefined when it is none that Bedrock takes. */
export function imageHeader(bytes: Buffer): ImageHeader | undefined {
  const known = FORMATS.find(({ is }) => is(bytes));
  if (!known) return undefined;
  try {
    return { format: known.format, ...known.size(bytes) };
  } catch {
    // A header that is cut short.
    return { format: known.format, ...UNKNOWN };
  }
}

function pngSize(bytes: Buffer): Size {
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function gifSize(bytes: Buffer): Size {
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

/** The size stands in the first start-of-frame segment. */
function jpegSize(bytes: Buffer): Size {
  for (let at = 2; ;) {
    const marker = bytes.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
  }
}

function webpSize(bytes: Buffer): Size {
  const chunk = bytes.toString("latin1", 12, 16);
  if (chunk === "VP8X") return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === "VP8L") {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
}
