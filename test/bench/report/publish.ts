import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { merged, type Results, type Run } from "../results.ts";
import { PAGES, plots, rendered } from "./pages.ts";

const root = join(import.meta.dirname, "../../..");
const RESULTS = join(import.meta.dirname, "../results.json");
const PLOTS = join(root, "docs/performance");

export function readResults(): Results {
  return JSON.parse(readFileSync(RESULTS, "utf8")) as Results;
}

/** Keeps a run, and makes anew all that is made of the results. */
export function publish(run: Run): void {
  const results = merged(readResults(), run);
  writeFileSync(RESULTS, `${JSON.stringify(results, inShort, 1)}\n`);
  republish();
}

/** Of what the file says, so that a page says the same as the file. */
export function republish(): void {
  const results = readResults();
  for (const page of Object.keys(PAGES)) {
    const path = join(root, page);
    writeFileSync(path, rendered(page, readFileSync(path, "utf8"), results));
  }
  rmSync(PLOTS, { recursive: true, force: true });
  mkdirSync(PLOTS, { recursive: true });
  for (const [name, plot] of Object.entries(plots(results))) writeFileSync(join(PLOTS, name), plot);
}

/** Four digits are more than any figure is worth. */
const inShort = (_: string, value: unknown): unknown =>
  typeof value === "number" ? Number(value.toPrecision(4)) : value;
