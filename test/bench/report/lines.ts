import type { Row, Table } from "../results.ts";
import { spread, type Spread } from "../statistics.ts";

/** One row, counted out. */
export interface Line {
  name: string;
  label: string;
  measured: Spread;
  /** To the first row, round by round; the first has none, and nothing has one to nothing. */
  ratio?: Spread;
}

export function lines({ rows }: Table): Line[] {
  const [first] = rows;
  return rows.map((row) => ({
    name: row.name,
    label: row.label,
    measured: spread(row.rounds),
    ...(first && row !== first && first.rounds.every(Boolean) && { ratio: ratioOf(row, first) }),
  }));
}

/** Round by round, since what disturbs a round disturbs both. */
export const ratioOf = (of: Row, over: Row): Spread =>
  spread(of.rounds.flatMap((value, round) => (over.rounds[round] ? [value / over.rounds[round]] : [])));

/** `0.18 (0.17–0.20)`, with as many digits as mean something. */
export function figure({ median, min, max }: Spread): string {
  const digits = digitsOf(median);
  const [middle, least, most] = [median, min, max].map((value) => value.toFixed(digits));
  return least === most ? middle! : `${middle} (${least}–${most})`;
}

export const digitsOf = (value: number): number =>
  Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;

/** The cell of a ratio: the first row's is what the others are told in. */
export const ratioCell = ({ ratio }: Line, index: number): string =>
  ratio ? figure(ratio) : index === 0 ? "1" : "";
