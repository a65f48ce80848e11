import type { Digits } from "./lift-vectors.ts";

/** Whatever machine this is. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const decoder = new TextDecoder();

/** @throws SyntaxError for what are not numbers. */
export const numbersOf = (digits: Digits): number[] =>
  JSON.parse(digits.map((part) => decoder.decode(part)).join("")) as number[];

/** The same as 32-bit floats, the lowest byte first. */
export function floatsOf(digits: Digits): Uint8Array {
  const numbers = numbersOf(digits);
  if (IS_LITTLE_ENDIAN) return new Uint8Array(new Float32Array(numbers).buffer);
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  for (const [index, number] of numbers.entries()) view.setFloat32(index * 4, number, true);
  return new Uint8Array(view.buffer);
}
