import { expect, it } from "vitest";
import { soak } from "../bench/soak/soak.ts";

it("many streams that go well, go wrong or are left: nothing is lost, doubled, mixed up or left behind", async () => {
  const seed = Number(process.env["SOAK_SEED"] ?? 7);
  const report = await soak({ from: "source", lanes: 50, ms: 3_000, seed });
  expect({ seed, violations: report.violations }).toEqual({ seed, violations: [] });
  expect(report.streams).toBeGreaterThan(50);
  expect(report.pieces).toBeGreaterThan(500);
  expect(Math.min(report.inProcess.streams, report.inProcess.bursts)).toBeGreaterThan(10);
}, 120_000);
