import { type Child, startChild } from "./child.ts";
import type { Table } from "./results.ts";
import type { LoadServerOrder, Ports } from "./server/load-server.ts";

/** How much is done to be sure. */
export interface Effort {
  /** Fresh processes for every side, since two runs of one program are compiled differently. */
  generations: number;
  warmUps: number;
  rounds: number;
  /** Of the work that a scenario does in a round. */
  share: number;
}

export const FULL: Effort = { generations: 2, warmUps: 3, rounds: 5, share: 1 };
export const QUICK: Effort = { generations: 1, warmUps: 2, rounds: 3, share: 0.5 };

/** A scenario's own measure. */
export interface OwnEffort extends Partial<Effort> {
  /** So many rounds in the place of one, where they scatter more than others. Default: 1. */
  longer?: number;
}

/** What is done where a scenario has a measure of its own: never more than was asked for, but for rounds that scatter. */
export const within = (asked: Effort, own: OwnEffort = {}): Effort => ({
  generations: Math.min(asked.generations, own.generations ?? Infinity),
  warmUps: Math.min(asked.warmUps, own.warmUps ?? Infinity),
  rounds: Math.min(asked.rounds, own.rounds ?? Infinity) * (own.longer ?? 1),
  share: asked.share,
});

/** What every measurement needs. */
export interface Bench {
  server: Child<LoadServerOrder>;
  ports: Ports;
  effort: Effort;
  /** Whether a side is to be measured; all are without it. */
  wants?: (side: string) => boolean;
}

/** Something worth comparing; it gives one table or more, by name. */
export interface Scenario {
  name: string;
  measure(bench: Bench): Promise<Record<string, Table>>;
}

/** Starts the load server for as long as the work takes. */
export async function withBench<T>(
  settings: Pick<Bench, "effort" | "wants">,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const server = startChild<LoadServerOrder>("server/load-server.ts", [], "server");
  try {
    return await work({ server, ports: await server.ask<Ports>("start"), ...settings });
  } finally {
    server.stop();
  }
}
