import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const TOOLS = ["oxfmt", "oxlint", "tsup", "tsc", "vitest", "publint", "attw", "knip"];
const ALL_OTHERS_GREEN = TOOLS.length - 1;

let project: string;

/** A project whose every tool is a stub: it leaves with the status named in `FAIL`, vitest with `REPORT` written. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "test-script-"));
  const bin = join(project, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(project, "scripts"));
  copyFileSync(join(root, "scripts/test.ts"), join(project, "scripts/test.ts"));
  const stub = `#!/bin/sh
me=$(basename "$0"); echo "$me ran"
for arg in "$@"; do case "$arg" in --outputFile.json=*) printf %s "$REPORT" > "\${arg#*=}";; esac; done
[ "$me" != "$FAIL" ]
`;
  for (const tool of TOOLS) {
    writeFileSync(join(bin, tool), stub);
    chmodSync(join(bin, tool), 0o755);
  }
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

function report(passed: number, failed = 0, skipped = 0, deadFiles = 0): string {
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults: [
      {
        name: "/project/test/one.test.ts",
        status: failed ? "failed" : "passed",
        assertionResults: failed
          ? [{ status: "failed", fullName: "adds up", failureMessages: ["expected 2 to be 3\n at one"] }]
          : [],
      },
      ...Array.from({ length: deadFiles }, (_, at) => ({
        name: `/project/test/dead-${at}.test.ts`,
        status: "failed",
        message: "no such module",
        assertionResults: [],
      })),
    ],
  });
}

function runAll(env: { REPORT?: string; FAIL?: string }, ...steps: string[]) {
  const { stdout, status } = spawnSync(process.execPath, ["scripts/test.ts", ...steps], {
    cwd: project,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...env },
  });
  return { stdout, status, lastLine: stdout.trimEnd().split("\n").at(-1) };
}

it("adds vitest's tests and one for each other step", () => {
  const { lastLine, status } = runAll({ REPORT: report(40) });
  expect(lastLine).toBe(`${40 + ALL_OTHERS_GREEN} passed, 0 failed`);
  expect(status).toBe(0);
});

it("names skipped tests only when there are some", () => {
  expect(runAll({ REPORT: report(40, 0, 3) }).lastLine).toBe("47 passed, 0 failed, 3 skipped");
});

it("goes on after a failing step, and fails in the end", () => {
  const { stdout, lastLine, status } = runAll({ REPORT: report(40), FAIL: "oxfmt" });
  expect(stdout).toContain("knip ran");
  expect(stdout).toMatch(/FAILED format/);
  expect(lastLine).toBe("46 passed, 1 failed");
  expect(status).toBe(1);
});

it("counts failed tests and files that never reached a test", () => {
  expect(runAll({ REPORT: report(40, 2, 0, 1), FAIL: "vitest" }).lastLine).toBe("47 passed, 3 failed");
});

it.each([
  ["no test ran", { REPORT: report(0) }],
  ["there is no report", { REPORT: "" }],
  ["vitest fails though every test passes", { REPORT: report(40), FAIL: "vitest" }],
])("fails when %s", (_, env) => {
  const { lastLine, status } = runAll(env);
  expect(lastLine).toMatch(/, 1 failed$/);
  expect(status).toBe(1);
});

it("runs only the steps it is asked for", () => {
  const { stdout, lastLine } = runAll({}, "lint", "types");
  expect(stdout.match(/\w+ ran/g)).toEqual(["oxlint ran", "tsc ran"]);
  expect(lastLine).toBe("2 passed, 0 failed");
});

it("does not call a misspelt step a success", () => {
  expect(runAll({}, "lnt").status).toBe(1);
});

it("names every failure at the end, where a log that was cut still shows it", () => {
  const { stdout } = runAll({ REPORT: report(40, 1, 0, 1), FAIL: "vitest" });
  const end = stdout.slice(stdout.indexOf("FAILED vitest"));
  expect(end).toMatch(/one\.test\.ts: adds up\n {4}expected 2 to be 3/);
  expect(end).toMatch(/dead-0\.test\.ts\n {4}no such module/);
});
