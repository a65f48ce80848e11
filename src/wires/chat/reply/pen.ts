import type { WriteChunk } from "./choice.ts";

/** Writes the chunks of one stream, with one head in common. */
export interface Pen<Written> {
  chunks(choice: number): WriteChunk;
  /** What stands after the last choice. @param told The members of a chunk without choices. */
  end(told: object | undefined): void;
  /** What has been written since. */
  take(): Written;
}
