import type { Digits } from "./lift-vectors.ts";

/** What is read of each list of numbers in AWS's answers. */
export interface Reading<Vector> {
  /** @throws SyntaxError for what are not numbers. */
  read(digits: Digits): Vector;
  /** What is read is what came, and not a copy. */
  keepsDigits?: true;
}

export interface Embedded<Vector> {
  /** One for each input, in their order. */
  vectors: readonly Vector[];
  /** As answers name it. */
  model: string;
  tokens: number;
}
