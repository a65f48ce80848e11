import type { Results, Run, Table } from "../results.ts";
import { type Target, TARGETS } from "../targets.ts";
import { judge } from "./judge.ts";
import { digitsOf, figure, lines, ratioCell } from "./lines.ts";

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const grid = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const nodeOf = ({ node }: Run): string => `Node ${node}`;

/** `0.18×`, `8.1 ms`. */
const withUnit = (value: number, unit: string, digits = digitsOf(value)): string =>
  `${Number(value.toFixed(digits))}${unit === "×" ? "" : " "}${unit}`;

/** One that misses by a hair does not read as if it were met. */
function told(value: number, { most, unit }: Target): string {
  const isHidden = value > most && Number(value.toFixed(digitsOf(value))) <= most;
  return withUnit(value, unit, digitsOf(value) + (isHidden ? 1 : 0));
}

function verdict(target: Target, run: Run): string {
  const judged = judge(target, run);
  if (!judged) return "not measured";
  return `${told(judged.value, target)}, ${judged.isMet ? "met" : "**not met**"}`;
}

/** Every target with what each run says of it. */
export function targetGrid({ runs }: Results, targets: readonly Target[] = TARGETS): string {
  const rows = targets.map((target) => [
    `#${target.number}`,
    target.says,
    `≤ ${withUnit(target.most, target.unit)}`,
    ...runs.map((run) => verdict(target, run)),
  ]);
  return grid(["", "what", "target", ...runs.map(nodeOf)], rows);
}

/** The few that a newcomer wants to know. */
export const shortGrid = ({ runs }: Results): string =>
  targetGrid(
    { runs: runs.slice(0, 1) },
    TARGETS.filter(({ isShort }) => isShort),
  );

/** On what, with what and when. */
export const ground = ({ date, machine, node, versions }: Run): string =>
  [
    `${date}, Node ${node}, ${machine.cores} cores of ${machine.cpu}`,
    machine.pinned ? ", one for the load server and one for what is measured" : "",
    `: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}.`,
  ].join("");

/** Every table of every run; plots are of the newest Node's. */
export function tables({ runs: [newest, ...others] }: Results): string {
  if (!newest) return "";
  const parts = Object.entries(newest.tables).map(([name, table]) => {
    const older = others.flatMap((run) =>
      run.tables[name] ? [`${nodeOf(run)}:\n\n${tableGrid(run.tables[name])}`] : [],
    );
    return [`### ${table.title}`, `![](performance/${name}.svg)`, tableGrid(table), ...older].join("\n\n");
  });
  return parts.join("\n\n");
}

const tableGrid = (table: Table): string =>
  grid(
    ["", table.unit, "ratio"],
    lines(table).map((line, index) => [line.label, figure(line.measured), ratioCell(line, index)]),
  );
