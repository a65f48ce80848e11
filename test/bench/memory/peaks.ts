import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEvery } from "./decodes.ts";

/** What a stretch of work took at its worst, over what there was before it. Bytes. */
export interface Growth {
  /** Undefined where the system cannot forget an older peak, which only Linux can. */
  rss: number | undefined;
  /** The JavaScript heap and everything that hangs on it: external strings and array buffers. */
  heap: number;
}

/** Nothing else sees the memory while one of these runs, and what they make is large: so each is followed by a look. */
const COPIERS: readonly (readonly [object, string])[] = [
  [JSON, "parse"],
  [JSON, "stringify"],
  [TextDecoder.prototype, "decode"],
  [TextEncoder.prototype, "encode"],
  [Buffer, "from"],
  [Buffer, "concat"],
  [Buffer.prototype, "toString"],
];

/** Starts from collected garbage. The function returned tells the growth since. */
export async function watchPeaks(): Promise<() => Growth> {
  await collect();
  const canForget = forgetPeak();
  const rssBefore = process.memoryUsage.rss();
  const heapBefore = heap();
  let heapPeak = heapBefore;
  const look = (): void => {
    heapPeak = Math.max(heapPeak, heap());
  };
  for (const [holder, name] of COPIERS) afterEvery(holder, name, look);
  let over = false;
  const keepLooking = (): void => {
    look();
    if (!over) setImmediate(keepLooking);
  };
  keepLooking();
  return () => {
    over = true;
    look();
    const rssPeak = process.resourceUsage().maxRSS * 1024;
    return { rss: canForget ? rssPeak - rssBefore : undefined, heap: heapPeak - heapBefore };
  };
}

/** `external` holds the array buffers too. */
function heap(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Twice, since finalizers run in between. */
async function collect(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    globalThis.gc?.();
    await sleep(20);
  }
}

/** Linux counts a process's peak anew after this (proc(5), `clear_refs`): making the question ready had its own. */
function forgetPeak(): boolean {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
    return /^VmHWM/m.test(readFileSync("/proc/self/status", "utf8"));
  } catch {
    return false;
  }
}
