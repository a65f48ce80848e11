import { ensureChromium, ensureRedis } from "../../scripts/ensure-programs.mjs";

/** A bare CI machine gets what tests need, once: workers that install at the same time lock each other out. */
export function setup(): void {
  if (process.env["CI"] !== "true") return;
  for (const ensure of [ensureChromium, ensureRedis]) {
    try {
      ensure();
    } catch {
      // The tests that need it say so.
    }
  }
}
