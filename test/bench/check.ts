/**
 * Whether the library became slower or larger than results.json says: `npm run bench:check`. It compares ratios to the
 * raw SDK within this run, never times, and needs nothing but the project's own packages. Ends with 1 where a gate is shut.
 */
import { type Effort, withBench } from "./bench.ts";
import { compile } from "./compile.ts";
import { type Judged, judgeGates } from "./gates.ts";
import { NODE_VERSION } from "./measure/side.ts";
import { digitsOf } from "./report/lines.ts";
import { readResults } from "./report/publish.ts";
import type { Table } from "./results.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";

const EFFORT: Effort = { generations: 2, warmUps: 3, rounds: 5, share: 0.5 };
const MEASURED = ["bulk", "chat", "agent", "connections", "size"];
const SIDES = ["b1", "ours"];

const shown = (value: number): string => value.toFixed(digitsOf(value)).padStart(10);

const line = ({ says, committed, now, most, passed }: Judged): string =>
  `${passed ? "ok    " : "WORSE "} ${says.padEnd(46)}${shown(committed)}${shown(now)}${shown(most)}`;

const started = performance.now();
const { runs } = readResults();
const committed = runs.find(({ node }) => node.split(".")[0] === NODE_VERSION.split(".")[0]) ?? runs[0];
if (!committed) throw new Error("results.json has no run. Run `npm run bench` and commit what it writes.");

await compile();
const tables = await withBench({ effort: EFFORT, wants: (side) => SIDES.includes(side) }, async (bench) => {
  const measured: Record<string, Table> = {};
  for (const { name, measure } of SCENARIOS)
    if (MEASURED.includes(name)) Object.assign(measured, await measure(bench));
  return measured;
});

const judged = judgeGates(committed, { tables });
console.log(`${" ".repeat(53)}${["committed", "now", "at most"].map((word) => word.padStart(10)).join("")}`);
console.log(judged.map(line).join("\n"));
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`\nNode ${NODE_VERSION}, against Node ${committed.node} of ${committed.date}; ${seconds} s`);
process.exitCode = judged.every(({ passed }) => passed) ? 0 : 1;
