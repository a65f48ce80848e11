import { setTimeout as sleep } from "node:timers/promises";

/** Bytes of heap and buffers that are still held once all garbage is gone, finalizers' too. */
export async function liveHeap(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await sleep(50);
    globalThis.gc?.();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
