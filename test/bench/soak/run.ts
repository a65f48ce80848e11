/**
 * Many slow streams at the same time, of which many go wrong: `node test/bench/soak/run.ts`, with `--seconds N`, `--streams N`,
 * `--seed N`, `--source`. Ends with 1 where a rule was broken. Times depend on the machine, and are never judged.
 */
import { parseArgs } from "node:util";
import { soak, type SoakReport } from "./soak.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    streams: { type: "string", default: "500" },
    seed: { type: "string", default: String(Date.now() % 1e6) },
    source: { type: "boolean", default: false },
  },
});

const SHOWN = 20;

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

function lines(report: SoakReport, lanes: number): string[] {
  const { streams, pieces, endings, inProcess, delays, heap, rss, violations } = report;
  const quantile = (share: number): string =>
    ((delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN) / 1000).toFixed(
      2,
    );
  const kinds = Object.entries(endings).map(([ending, count]) => `${ending} ${count}`);
  return [
    `${streams} streams over HTTP: ${kinds.join(", ")}`,
    `${inProcess.streams} streams and ${inProcess.bursts} lists of embeddings in process`,
    `${pieces} pieces; from AWS's write to the caller's read: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, most ${quantile(1)} ms`,
    `heap after garbage collection: ${mebibytes(heap.before)} MiB before, ${mebibytes(heap.after)} MiB after`,
    `RSS: ${mebibytes(rss.before)} MiB before, ${mebibytes(rss.most)} MiB at the most, ${Math.round((rss.most - rss.before) / 1024 / lanes)} KiB a stream`,
    violations.length === 0
      ? "PASS: nothing lost, nothing doubled, nothing left behind"
      : `FAIL: ${violations.length} rules broken`,
    ...violations.slice(0, SHOWN),
  ];
}

const lanes = Number(values.streams);
const from = values.source ? "source" : "package";
console.log(`${lanes} streams at a time for ${values.seconds} s, --seed ${values.seed}, from the ${from}`);
const report = await soak({ from, lanes, ms: Number(values.seconds) * 1000, seed: Number(values.seed) });
console.log(lines(report, lanes).join("\n"));
process.exitCode = report.violations.length === 0 ? 0 : 1;
