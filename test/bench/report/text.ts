import type { Table } from "../results.ts";
import { figure, lines, ratioCell } from "./lines.ts";

const LABEL = 72;
const COLUMN = 28;

/** A table for a terminal. */
export function text(table: Table): string {
  const rows = lines(table).map((line, index) => [line.label, figure(line.measured), ratioCell(line, index)]);
  const padded = [["", table.unit, "ratio"], ...rows].map(([label = "", ...cells]) =>
    [label.padEnd(LABEL), ...cells.map((cell) => cell.padEnd(COLUMN))].join("").trimEnd(),
  );
  return `${table.title}\n\n${padded.join("\n")}\n`;
}
