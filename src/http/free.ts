/**
 * Gives memory back; nobody can read it any more. The collector would come late, and for the sake of megabytes that it does not see
 * as its own mark all else that is alive. Node 20 leaves it to the collector.
 */
export const free = (buffer: ArrayBufferLike): void =>
  void (buffer as { transfer?: (size: number) => unknown }).transfer?.(0);
