/** Whether anything is left of what is over. `heap.mjs <system> <endpoint>` */
import { serveParent } from "../child.ts";
import { QUESTIONS } from "../questions/questions.ts";
import { SYSTEMS, type System, type SystemName } from "../systems/systems.ts";
import { liveHeap } from "./live-heap.ts";

export interface HeapOrder {
  /** Streams since the process began, after each of which the heap is looked at. */
  after: number[];
  concurrency: number;
}

const [name, endpoint = ""] = process.argv.slice(2);
const system: System = await SYSTEMS[name as SystemName](endpoint);

/** Bytes of live heap, in the order's order. */
serveParent<HeapOrder>(async ({ after, concurrency }): Promise<number[]> => {
  const ask = system.stream(QUESTIONS.short);
  const heaps: number[] = [];
  let asked = 0;
  for (const count of after) {
    const lane = async (): Promise<void> => {
      while (asked < count) {
        asked += 1;
        await ask();
      }
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
    heaps.push(await liveHeap());
  }
  return heaps;
});
