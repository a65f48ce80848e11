/**
 * What the library costs beside the AWS SDK alone and beside its peers, as ratios within one run: `npm run bench`.
 *
 * `-- --only bulk,chat` measures some, `-- --quick` with less certainty. `BENCH_NODE=/usr/bin/node` measures another Node.
 * A whole run, and one with `--only` and without `--quick`, writes results.json and what is made of it.
 */
import { parseArgs } from "node:util";
import { FULL, QUICK, withBench } from "./bench.ts";
import { compile } from "./compile.ts";
import { installPeers } from "./install.ts";
import { NODE_VERSION } from "./measure/side.ts";
import { publish } from "./report/publish.ts";
import { text } from "./report/text.ts";
import type { Table } from "./results.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";
import { machine, versions } from "./versions.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});

const only = values.only?.split(",") ?? SCENARIOS.map(({ name }) => name);
const unknown = only.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (values.list || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no ${unknown.join(", ")}. There are:`);
  console.log(SCENARIOS.map(({ name }) => name).join("\n"));
  process.exit(unknown.length > 0 ? 1 : 0);
}

const started = performance.now();
installPeers();
await compile();
const failed: string[] = [];
const tables = await withBench({ effort: values.quick ? QUICK : FULL }, async (bench) => {
  const measured: Record<string, Table> = {};
  for (const { name, measure } of SCENARIOS.filter(({ name }) => only.includes(name)))
    try {
      const began = performance.now();
      const some = await measure(bench);
      for (const table of Object.values(some)) console.log(text(table));
      console.log(`(${name}, ${((performance.now() - began) / 1000).toFixed(0)} s)\n`);
      Object.assign(measured, some);
    } catch (error) {
      // One that fails must not cost what the others took minutes to tell.
      failed.push(name);
      console.error(`${name} failed:`, error);
    }
  return measured;
});

const run = {
  node: NODE_VERSION,
  date: new Date().toISOString().slice(0, 10),
  machine: machine(),
  versions: versions(),
  tables,
};
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`Medians (min–max) of paired rounds, Node ${NODE_VERSION}; ${seconds} s.`);
if (!values.quick) publish(run);
if (failed.length > 0) console.error(`Failed, and told as they were before: ${failed.join(", ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;
