import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

type Core = "server" | "subject";

const allowed = allowedCores();

/** Whether the load server and the subject each have a core to themselves. */
export const ARE_PINNED =
  allowed.length > 1 && spawnSync("taskset", ["--version"], { stdio: "ignore" }).status === 0;

export function pinned(command: string[], core: Core): string[] {
  const number = allowed[core === "server" ? 0 : 1];
  return ARE_PINNED ? ["taskset", "-c", String(number), ...command] : command;
}

/** The cores this process may use, as Linux tells it: `Cpus_allowed_list: 0-1,4`. */
function allowedCores(): number[] {
  try {
    const [, list = ""] =
      /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return list.split(",").flatMap((range) => {
      const [first = 0, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
  } catch {
    return [];
  }
}
