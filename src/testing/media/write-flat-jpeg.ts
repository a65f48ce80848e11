import { Bits } from "./bits.ts";
import type { Picture, Rgb } from "./picture.ts";
import { averageOf } from "./picture.ts";

const BLOCK = 8;
const COMPONENTS = [1, 2, 3];
/** How many codes there are of each length, and what they stand for: `0` is "no difference", five bits are its size. */
const DIFFERENCES = [1, 0, 0, 0, 11, ...zeros(11), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const FIRST_SIZE = 0b10000;
/** The only code, `0`, stands for "the rest of the block is zeros". */
const REST = [1, ...zeros(15), 0];

const START = Buffer.of(0xff, 0xd8);
const END = Buffer.of(0xff, 0xd9);

/**
 * A baseline JPEG without a codec: of the picture's size, all of it in the picture's average colour. Only its first
 * block says a colour; every other one says that nothing changes.
 */
export function writeFlatJpeg(picture: Picture): Buffer {
  const { width, height } = picture;
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return Buffer.concat([
    START,
    segment(0xe0, [...Buffer.from("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    // Nothing is quantized.
    segment(0xdb, [0, ...zeros(64).fill(1)]),
    segment(0xc0, [8, ...size, 3, ...COMPONENTS.flatMap((id) => [id, 0x11, 0])]),
    segment(0xc4, [0, ...DIFFERENCES]),
    segment(0xc4, [0x10, ...REST]),
    segment(0xda, [3, ...COMPONENTS.flatMap((id) => [id, 0]), 0, 63, 0]),
    blocksOf(picture),
    END,
  ]);
}

function blocksOf(picture: Picture): Buffer {
  const bits = new Bits("highest");
  for (const value of yCbCr(averageOf(picture).colour)) {
    putDifference(bits, Math.round((value - 128) * BLOCK));
    bits.put(0, 1);
  }
  const blocks = Math.ceil(picture.width / BLOCK) * Math.ceil(picture.height / BLOCK);
  for (let block = 1; block < blocks; block += 1) bits.put(0, 2 * COMPONENTS.length);
  // A byte of ones is told from a marker by the zero that follows it.
  return Buffer.from(bits.end().flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])));
}

/** The size of a difference in bits, and the difference; a negative one is told by what it lacks. */
function putDifference(bits: Bits, difference: number): void {
  if (difference === 0) {
    bits.put(0, 1);
    return;
  }
  const size = Math.abs(difference).toString(2).length;
  bits.put(FIRST_SIZE + size - 1, 5);
  bits.put(difference > 0 ? difference : difference + (1 << size) - 1, size);
}

function segment(marker: number, content: readonly number[]): Buffer {
  const length = content.length + 2;
  return Buffer.of(0xff, marker, length >> 8, length & 255, ...content);
}

function yCbCr([red, green, blue]: Rgb): number[] {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [luma, 128 + (blue - luma) / 1.772, 128 + (red - luma) / 1.402];
}

function zeros(count: number): number[] {
  return Array<number>(count).fill(0);
}
