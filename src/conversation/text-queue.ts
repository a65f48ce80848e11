import type { ConverseStreamEvent } from "./types.ts";

/** Events that wait in their order until the text before them and in them may be told. */
export interface TextQueue {
  put(event: ConverseStreamEvent): void;
  /** What may be told when the first `upTo` code units of all the text may be. */
  take(upTo: number): ConverseStreamEvent[];
  /** The block whose text waits. */
  block(): number | undefined;
  /** The text begins anew. */
  reset(): void;
}

export function createTextQueue(): TextQueue {
  let waiting: ConverseStreamEvent[] = [];
  let head = 0;
  /** Of all the text, and of that of the first event that waits. */
  let told = 0;
  let toldOfFirst = 0;

  /** False where the first event waits on. */
  const takeFirst = (upTo: number, taken: ConverseStreamEvent[]): boolean => {
    const event = waiting[head]!;
    const delta = event.contentBlockDelta;
    const text = delta?.delta.text;
    if (!delta || text === undefined) return taken.push(event) > 0;
    const end = Math.min(text.length, toldOfFirst + upTo - told);
    if (end - toldOfFirst === text.length) taken.push(event);
    else if (end > toldOfFirst) taken.push(withText(delta.contentBlockIndex, text.slice(toldOfFirst, end)));
    told += end - toldOfFirst;
    toldOfFirst = end === text.length ? 0 : end;
    return end === text.length;
  };

  return {
    put: (event) => void waiting.push(event),
    take(upTo) {
      const taken: ConverseStreamEvent[] = [];
      while (head < waiting.length && takeFirst(upTo, taken)) head += 1;
      // Not each time: what waits would be moved again and again.
      if (head * 2 >= waiting.length) {
        waiting = waiting.slice(head);
        head = 0;
      }
      return taken;
    },
    block: () => waiting[head]?.contentBlockDelta?.contentBlockIndex,
    reset() {
      told = 0;
    },
  };
}

const withText = (contentBlockIndex: number, text: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: { text } },
});
