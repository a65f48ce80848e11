import type { EmbeddingFamily, Input } from "./family.ts";
import { isText } from "./pieces.ts";

/** Files of one call, counted as base64: well below AWS's bound of 20 MB on a request. */
const MAX_FILE_CHARS = 12_000_000;

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
    const more = isText(input) ? 0 : filesOf(input).reduce((sum, file) => sum + sizeOf(file), 0);
    const isFull = !open || open.length >= batch || (size > 0 && size + more > MAX_FILE_CHARS);
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

const filesOf = ({ pieces }: Input): string[] =>
  pieces.flatMap(({ image, audio, video }) => (image ?? audio ?? video)?.source.bytes ?? []);
