/** A fresh process with many slow streams at once. `slow.mjs <system> <endpoint>` */
import { setTimeout as sleep } from "node:timers/promises";
import { serveParent } from "../child.ts";
import { QUESTIONS } from "../questions/questions.ts";
import { SYSTEMS, type System, type SystemName } from "../systems/systems.ts";

export interface SlowOrder {
  streams: number;
  /** Rounds of short streams before, which the process itself grows by. */
  settling: number;
  /** How long their memory is watched; all must still be open then. */
  ms: number;
}

/** Bytes for each stream. */
export interface SlowMeasurement {
  rss: number;
  heap: number;
}

const [name, endpoint = ""] = process.argv.slice(2);
const create = SYSTEMS[name as SystemName];
const LOOK_MS = 100;
const AT_ONCE = 50;

serveParent<SlowOrder>(async ({ streams, settling, ms }): Promise<SlowMeasurement> => {
  // What the process itself grows by as it settles is no stream's; another profile's answers are short.
  const warm: System = await create(endpoint.replace("/slow", "/short"));
  const asked = warm.stream(QUESTIONS.short);
  for (let round = 0; round < settling; round += 1) await Promise.all(Array.from({ length: AT_ONCE }, asked));
  const ask = (await create(endpoint)).stream(QUESTIONS.short);
  const before = { rss: process.memoryUsage.rss(), heap: heap() };
  let ended = 0;
  const open = Array.from({ length: streams }, () => ask().then(() => (ended += 1)));
  let peak = 0;
  for (const until = performance.now() + ms; performance.now() < until; await sleep(LOOK_MS))
    peak = Math.max(peak, process.memoryUsage.rss());
  const after = heap();
  await Promise.race([Promise.all(open), sleep(0)]);
  if (ended > 0) throw new Error(`${ended} streams ended before they were counted.`);
  return { rss: (peak - before.rss) / streams, heap: (after - before.heap) / streams };
});

function heap(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
