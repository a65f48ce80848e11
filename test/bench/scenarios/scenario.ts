import type { Costs } from "../compare.ts";
import { spread, type Spread } from "../statistics.ts";

export interface Figure {
  title: string;
  of: string;
  /** CPU microseconds per unit. */
  cost: Spread;
  /** This side's cost over the other's, of the same round. */
  ratio: Spread;
  over: string;
  target?: number;
}

export interface Row {
  title: string;
  of: string;
  over: string;
  target?: number;
}

export interface Scenario {
  unit: string;
  figures: Figure[];
  costs: Costs;
  /** The length of what is sent to AWS, where that is what matters. */
  bodyBytes?: number;
}

export function toScenario(unit: string, costs: Costs, rows: Row[]): Scenario {
  return { unit, costs, figures: rows.map((row) => toFigure(costs, row)) };
}

function toFigure(costs: Costs, { title, of, over, target }: Row): Figure {
  const cost = costs.get(of) ?? [];
  const base = costs.get(over) ?? [];
  const ratio = spread(cost.map((value, round) => value / (base[round] ?? Number.NaN)));
  return { title, of, cost: spread(cost), ratio, over, ...(target !== undefined && { target }) };
}
