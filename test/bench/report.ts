import type { ConnectionCount } from "./connections.ts";
import type { Figure, Scenario } from "./scenarios.ts";
import type { Spread } from "./statistics.ts";

const TITLE = 62;
const COLUMN = 26;

export function scenarioTable(heading: string, { unit, figures }: Scenario): string {
  const head = ["", `µs CPU per ${unit}`, "ratio", "target"];
  return table(heading, [head, ...figures.map(figureRow)]);
}

export function connectionTable(heading: string, counts: ConnectionCount[]): string {
  const head = ["", "new / requests", "per request", "≤ 0.02"];
  return table(heading, [head, ...counts.map(connectionRow)]);
}

function figureRow({ title, cost, ratio, over, target }: Figure): string[] {
  const isBase = title === over;
  const verdict = target === undefined ? "" : `≤ ${target}× ${ratio.median <= target ? "met" : "MISSED"}`;
  return [title, withRange(cost, 1), isBase ? "1" : withRange(ratio, 2), verdict];
}

function connectionRow({
  title,
  work,
  concurrency,
  requests,
  connections,
  passed,
}: ConnectionCount): string[] {
  const verdict = passed === undefined ? "" : passed ? "PASS" : "FAIL";
  const name = `${title}, ${work}, ${concurrency} at a time`;
  return [name, `${connections} / ${requests}`, (connections / requests).toFixed(2), verdict];
}

const withRange = ({ median, min, max }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;

function table(heading: string, rows: string[][]): string {
  const lines = rows.map(([title = "", ...cells]) =>
    (title.padEnd(TITLE) + cells.map((cell) => cell.padEnd(COLUMN)).join("")).trimEnd(),
  );
  return `${heading}\n\n${lines.join("\n")}\n`;
}
