import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Bench, Scenario } from "../bench.ts";
import { subjectEnvironment, SUBJECT_NODE } from "../child.ts";
import { pinned } from "../cores.ts";
import type { Row } from "../results.ts";
import { spread } from "../statistics.ts";
import { EMPTY, type Program, PROGRAMS } from "./programs.ts";
import { possible } from "./side.ts";

const bench = join(import.meta.dirname, "..");
const root = join(bench, "../..");
const STARTS = 15;

/** Fresh processes, in turn, after one of each that warms the file cache. */
export const start: Scenario = {
  name: "start",
  async measure(bench) {
    const programs = [EMPTY, ...possible(PROGRAMS, bench)];
    const rows = programs.map(({ name, label }): Row => ({ name, label, rounds: [] }));
    for (let repeat = -1; repeat < STARTS * bench.effort.share; repeat += 1)
      for (const [index, program] of programs.entries()) {
        const milliseconds = run(program, bench);
        if (repeat >= 0) rows[index]!.rounds.push(milliseconds);
      }
    const [{ rounds } = { rounds: [] }, ...others] = rows;
    const empty = spread(rounds).median;
    const beyond = others.map((row) => ({ ...row, rounds: row.rounds.map((each) => each - empty) }));
    const title = "A fresh process, beyond what an empty one takes";
    return { start: { title, unit: "ms", rows: beyond } };
  },
};

function run({ source, isPeer }: Program, { ports }: Bench): number {
  // The first line that runs is late already: `timeOrigin` is when the process began.
  const program = `${source(ports)}\nconsole.log(performance.now()); process.exit(0);`;
  const [command = "", ...rest] = pinned([SUBJECT_NODE, "--input-type=module", "--eval", program], "subject");
  // Packages are found from where a process stands.
  const cwd = isPeer ? bench : root;
  return Number(execFileSync(command, rest, { cwd, env: subjectEnvironment(), encoding: "utf8" }));
}
