import type { SizeFigure } from "./cold/size.ts";
import type { StartFigure } from "./cold/start.ts";
import type { ConnectionCount } from "./connections.ts";
import type { MemoryFigure } from "./memory/memory.ts";
import type { OpenFigure } from "./memory/open.ts";
import type { Figure, Scenario } from "./scenarios/scenario.ts";
import type { Spread } from "./statistics.ts";

const TITLE = 66;
const COLUMN = 26;

export function scenarioTable(heading: string, { unit, figures }: Scenario): string {
  const head = ["", `µs CPU per ${unit}`, "ratio", "target"];
  return table(heading, [head, ...figures.map(figureRow)]);
}

export function memoryTable(heading: string, figures: MemoryFigure[]): string {
  const head = ["", "peak RSS, × body", "heap and buffers, × body", "base64 decodes", "target"];
  return table(heading, [head, ...figures.map(memoryRow)]);
}

export const openTable = (heading: string, figures: OpenFigure[]): string =>
  table(heading, [
    ["", "KB of heap and buffers", "ratio", "target"],
    ...figures.map(({ title, each, ratio, target }) => [
      title,
      withRange(inKilobytes(each), 1),
      target === undefined ? "1" : withRange(ratio, 2),
      verdictOn(ratio, target),
    ]),
  ]);

const inKilobytes = ({ median, min, max }: Spread): Spread => ({
  median: median / 1000,
  min: min / 1000,
  max: max / 1000,
});

export const startTable = (heading: string, figures: StartFigure[]): string =>
  table(heading, [
    ["", "ms"],
    ...figures.map(({ title, beyondEmpty }) => [title, withRange(beyondEmpty, 0)]),
  ]);

export const sizeTable = (heading: string, figures: SizeFigure[]): string =>
  table(heading, [
    ["", "packages", "MB"],
    ...figures.map(({ title, packages, bytes }) => [title, String(packages), (bytes / 1e6).toFixed(1)]),
  ]);

export function connectionTable(heading: string, counts: ConnectionCount[]): string {
  const head = ["", "new / requests", "per request", "≤ 0.02"];
  return table(heading, [head, ...counts.map(connectionRow)]);
}

function figureRow({ title, of, cost, ratio, over, target }: Figure): string[] {
  const isBase = of === over;
  // A large figure's decimals are noise.
  const digits = cost.median < 1_000 ? 1 : 0;
  return [title, withRange(cost, digits), isBase ? "1" : withRange(ratio, 2), verdictOn(ratio, target)];
}

const verdictOn = ({ median }: Spread, target: number | undefined): string =>
  target === undefined ? "" : `≤ ${target}× ${median <= target ? "met" : "MISSED"}`;

function memoryRow({ title, requests, rss, heap, decodes, target }: MemoryFigure): string[] {
  const worst = Math.max(heap.median, Number.isNaN(rss.median) ? 0 : rss.median);
  const verdict = target === undefined ? "" : `< ${target}× ${worst < target ? "met" : "MISSED"}`;
  const name = `${title}, ${requests === 1 ? "once" : `${requests} times`}`;
  return [name, withRange(rss, 2), withRange(heap, 2), String(decodes), verdict];
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
