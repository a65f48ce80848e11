import type { EmbeddingFamily, Input } from "./family.ts";

/** What one call may weigh: well below AWS's bound of 20 MB on a request. */
const MAX_BYTES = 12_000_000;

/** Of one UTF-16 unit in a body: UTF-8 takes no more, and seldom as much. */
const BYTES_OF_TEXT = 3;

/** At most that many bytes of a body. @param sizeOf Of a file's base64. */
export const weightOf = ({ pieces }: Input, sizeOf: (base64: string) => number): number =>
  pieces.reduce((sum, { text = "", image, audio, video }) => {
    const base64 = (image ?? audio ?? video)?.source.bytes;
    return sum + text.length * BYTES_OF_TEXT + (base64 === undefined ? 0 : sizeOf(base64));
  }, 0);

/** Inputs in the calls that they go with, in their order. */
export function toBatches(
  inputs: readonly Input[],
  { batch, alone = () => false }: Pick<EmbeddingFamily, "batch" | "alone">,
  sizeOf: (base64: string) => number,
): Input[][] {
  const batches: Input[][] = [];
  let open: Input[] | undefined;
  let size = 0;
  for (const input of inputs) {
    const more = weightOf(input, sizeOf);
    const isFull = !open || open.length >= batch || size + more > MAX_BYTES;
    if (isFull || alone(input)) {
      batches.push((open = []));
      size = 0;
    }
    open!.push(input);
    size += more;
    if (alone(input)) open = undefined;
  }
  return batches;
}
