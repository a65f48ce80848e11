import type { Vector } from "./direction.ts";

const BITS = 8;

/** The forms of a vector that Cohere gives, by their names. Bits are packed eight to a number, the first one highest. */
export const FORMS = {
  float: (vector: Vector): number[] => [...vector],
  int8: (vector: Vector): number[] => vector.map(toInt8),
  uint8: (vector: Vector): number[] => vector.map((value) => toInt8(value) + 128),
  /** Cohere's signed bytes are the unsigned ones less 128. */
  binary: (vector: Vector): number[] => packed(vector).map((byte) => byte - 128),
  ubinary: (vector: Vector): number[] => packed(vector),
} as const;

export type FormName = keyof typeof FORMS;

/** 1 where a number is above zero. */
export function signBits(vector: Vector): number[] {
  return vector.map((value) => (value > 0 ? 1 : 0));
}

/** Zero has no sign in an integer. */
function toInt8(value: number): number {
  return Math.round(value * 127) || 0;
}

function packed(vector: Vector): number[] {
  const bits = signBits(vector);
  return Array.from({ length: Math.ceil(bits.length / BITS) }, (_, byte) =>
    bits.slice(byte * BITS, (byte + 1) * BITS).reduce((sum, bit) => sum * 2 + bit, 0),
  );
}
