import type { WriteChunk } from "./choice.ts";

/** Writes the chunks of one stream, with one head in common. */
export interface Pen<Written> {
  chunks(choice: number): WriteChunk;
  /** A chunk without choices. */
  last(told: object): void;
  /** What has been written since. */
  take(): Written;
}
