import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, type OwnEffort, type Scenario, within } from "../bench.ts";
import { type Child, startChild } from "../child.ts";
import type { Gateway, GatewayKind } from "../gateways/gateway.ts";
import { cpuOf, rssOf } from "../gateways/process.ts";
import type { Row } from "../results.ts";
import type { Driven, DriverOrder } from "../server/driver.ts";
import { PROFILES, type ProfileName } from "../server/wire.ts";
import { possible } from "./side.ts";

interface Servers {
  name: string;
  title: string;
  unit: string;
  profile: ProfileName;
  gateways: readonly GatewayKind[];
  order: Pick<DriverOrder, "stream" | "times" | "concurrency">;
  /** Takes a round's figure: what one costs, or what it holds. */
  take: Take;
  /** Asked of each before the first round; see `Comparison`. */
  settle?: Partial<Pick<DriverOrder, "stream" | "times" | "concurrency">>;
  effort?: OwnEffort;
}

type Take = (call: () => Promise<Driven>, pid: number) => Promise<number>;

/** CPU microseconds for each delta that came, or each whole answer. */
export const cpuPerUnit: Take = async (call, pid) => {
  const before = cpuOf(pid);
  const { units } = await call();
  return (cpuOf(pid) - before) / units;
};

const LOOK_MS = 100;

/** KiB that the process grew by at the most, for each of so many calls at once. */
export const rssPer =
  (calls: number, ms: number): Take =>
  async (call, pid) => {
    const before = rssOf(pid);
    const called = call();
    let peak = 0;
    for (const until = performance.now() + ms; performance.now() < until; await sleep(LOOK_MS))
      peak = Math.max(peak, rssOf(pid));
    await called;
    return (peak - before) / 1024 / calls;
  };

/** A scenario of servers behind HTTP. */
export const servers = (spec: Servers): Scenario => ({
  name: spec.name,
  async measure(bench) {
    const { name, title, unit, profile } = spec;
    await bench.server.ask({ profile });
    const endpoint = `http://127.0.0.1:${bench.ports.h1}/${profile}`;
    const driver = startChild<DriverOrder>("server/driver.ts", [], "server");
    const running: { row: Row; gateway: Gateway }[] = [];
    try {
      for (const { name, label, start } of possible(spec.gateways, bench))
        if (start) running.push({ row: { name, label, rounds: [] }, gateway: await start(endpoint) });
      const rows = running.map(({ row }) => row);
      await takeRounds(running, driver, bench, spec);
      return { [name]: { title, unit, rows: rows.filter(({ rounds }) => rounds.length > 0) } };
    } finally {
      for (const { gateway } of running) gateway.stop();
      driver.stop();
    }
  },
});

async function takeRounds(
  running: { row: Row; gateway: Gateway }[],
  driver: Child<DriverOrder>,
  { effort }: Bench,
  { order, take, profile, settle, effort: own }: Servers,
): Promise<void> {
  for (const {
    gateway: { url, model, headers },
  } of settle ? running : [])
    await driver.ask<Driven>({ url, model, headers, ...order, ...settle });
  const { warmUps, rounds } = within(effort, own);
  const deltas = order.stream ? PROFILES[profile].deltas : 1;
  for (let round = -warmUps; round < rounds; round += 1) {
    running.push(...running.splice(0, 1));
    for (const { row, gateway } of running) {
      const { url, model, headers, pid } = gateway;
      const call = async (): Promise<Driven> => {
        const driven = await driver.ask<Driven>({ url, model, headers, ...order });
        const lost = order.times * deltas - driven.units;
        // Others lose some now and then: they are measured by what came, and it is said.
        if (lost !== 0 || driven.cut > 0)
          console.error(`${row.label}: ${lost} deltas too few, ${driven.cut} streams cut off.`);
        return driven;
      };
      const figure = pid ? await take(call, pid) : await call().then(() => Number.NaN);
      if (round >= 0 && !Number.isNaN(figure)) row.rounds.push(figure);
    }
  }
}
