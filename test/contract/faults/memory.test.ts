import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../../support/bedrock.ts";
import type { Act } from "../../support/raw-server.ts";
import { floodOf, wholeFloodOf } from "./acts/flood.ts";
import { after, answer, headers, nothing, reset, says, silence, some } from "./acts/say.ts";
import { type Aws, openAws } from "./aws.ts";
import { WAYS } from "./fault.ts";

/** Memory is back where it was, and in between never more than a bound. */

const MB = 2 ** 20;

/** A process starts, and works. */
const SLOW_MS = 90_000;

let aws: Aws;
beforeEach(async () => {
  aws = await openAws();
});
afterEach(() => aws.server.close());

const run = promisify(execFile);

async function measured(subject: string, ...more: number[]): Promise<Record<string, unknown>> {
  const script = join(import.meta.dirname, "memory/child.ts");
  // Far less than what it is sent; with half of it, garbage that is made while marking sometimes counts as too much.
  const flags = ["--expose-gc", "--max-old-space-size=128"];
  const { stdout } = await run(process.execPath, [
    ...flags,
    script,
    aws.server.url,
    subject,
    ...more.map(String),
  ]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("memory", () => {
  it(
    "holds a few pieces of a stream of 300 MB, however fast it comes",
    async () => {
      const flood = floodOf(300 * MB);
      aws.server.next(answer, flood.act);
      const { read, peak, tail } = await measured("burst");
      expect(read).toBeGreaterThan(300 * MB);
      expect(tail).toBe("data: [DONE]\n\n");
      expect(peak).toBeLessThan(16 * MB);
    },
    SLOW_MS,
  );
});

describe("an answer without end", () => {
  it(
    "is given up, AWS is left, and its memory is back",
    async () => {
      const flood = wholeFloodOf(2_000 * MB);
      aws.server.next(answer, flood.act);
      const { status, left } = await measured("endless");
      expect(status).toBe(500);
      expect(flood.sent).toBeLessThan(300 * MB);
      expect(left).toBeLessThan(4 * MB);
      await eventually(() => aws.server.busy === 0);
    },
    SLOW_MS,
  );

  it(
    "is given up as a response too, which holds its text until its end",
    async () => {
      const flood = floodOf(2_000 * MB);
      aws.server.next(answer, flood.act);
      const { failed, left } = await measured("endless response");
      expect(failed).toBe(true);
      expect(flood.sent).toBeLessThan(100 * MB);
      expect(left).toBeLessThan(4 * MB);
      await eventually(() => aws.server.busy === 0);
    },
    SLOW_MS,
  );
});

describe("fault upon fault", () => {
  const CALLS = 50 * WAYS.length;
  const ACTS: readonly Act[] = [
    answer,
    after(nothing, reset),
    after(some, reset),
    after(headers, silence),
    says("503 Busy", {}, "<html>"),
  ];

  it(
    "leaves nothing of the calls that met it",
    async () => {
      aws.server.next(...Array.from({ length: 2 * CALLS }, (_, index) => ACTS[index % ACTS.length]!));
      const { statuses, left } = await measured("faults", CALLS / WAYS.length, 500);
      expect(statuses).toEqual([200, 503, 504]);
      // Connections that had ended are replaced.
      expect(aws.server.requests).toBeGreaterThanOrEqual(2 * CALLS);
      // A request that is kept is 24 kB and more.
      expect(left).toBeLessThan(CALLS * 6_000);
      await eventually(() => aws.server.busy === 0);
    },
    SLOW_MS,
  );
});
