import { readdirSync, readFileSync } from "node:fs";

/** CPU microseconds that all threads of a process have had, as Linux counts them. */
export function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanos = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ", 1)[0]),
  );
  return nanos.reduce((sum, each) => sum + each, 0) / 1000;
}

/** Bytes of a process that are in memory. */
export function rssOf(pid: number): number {
  const [, kib] = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) * 1024;
}
