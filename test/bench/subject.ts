/** The process that is measured: one system, told what to do and how often. `subject.ts <system> <endpoint>` */
import { serveParent } from "./child.ts";
import { SYSTEMS, type SystemName } from "./systems/systems.ts";

export interface SubjectOrder {
  work: "stream" | "chat";
  times: number;
  concurrency: number;
}

export interface Measurement {
  cpuMicros: number;
  wallMicros: number;
  /** Deltas that arrived, or answers. */
  units: number;
}

const [name, endpoint = ""] = process.argv.slice(2);
const system = await SYSTEMS[name as SystemName](endpoint);

serveParent<SubjectOrder>(async ({ work, times, concurrency }): Promise<Measurement> => {
  let left = times;
  let units = 0;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const received = await system[work]();
      units += received;
    }
  };
  // What earlier rounds left behind is not this round's cost.
  globalThis.gc?.();
  const started = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, lane));
  const { user, system: kernel } = process.cpuUsage(before);
  return { cpuMicros: user + kernel, wallMicros: (performance.now() - started) * 1000, units };
});
