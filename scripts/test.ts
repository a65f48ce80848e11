/** Runs every check of the project and counts what passed: `npm test`, or `npm test -- lint types` for a few. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  name: string;
  command: string[];
  /** What the step is worth; without it, one: passed when it exits with 0. */
  count?: (succeeded: boolean) => Tally;
}

interface Outcome extends Tally {
  name: string;
  seconds: number;
}

interface Assertion {
  status: string;
  fullName: string;
  failureMessages: string[];
}

/** The part of vitest's JSON report that we read. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message?: string; assertionResults: Assertion[] }[];
}

const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "bedrock-openai-test-"));
const reportFile = join(scratch, "vitest.json");

// The build comes before the types: examples and package tests see the library through dist, by its public names.
const STEPS: Step[] = [
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "lint", command: ["oxlint", "--deny-warnings", "--report-unused-disable-directives"] },
  { name: "build", command: ["tsup", "--silent"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  {
    name: "vitest",
    command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`],
    count: (succeeded) => countTests(readReport(reportFile), succeeded),
  },
  { name: "publint", command: ["publint", "--strict"] },
  { name: "attw", command: ["attw", "--profile", "esm-only", "--pack", "."] },
  { name: "knip", command: ["knip"] },
];

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch {
    return undefined;
  }
}

/** A file that dies before its first test, an unhandled error and an empty run are failures that no test reports. */
function countTests(report: Report | undefined, succeeded: boolean): Tally {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const passed = report.numPassedTests;
  const deadFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = report.numFailedTests + deadFiles.length;
  const unnoticed = failed === 0 && (!succeeded || passed === 0);
  return {
    passed,
    failed: unnoticed ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Every failure of vitest in a line or three: where a log is cut, its end is what is left. */
function failures(report: Report | undefined): string[] {
  return (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    const file = relative(root, name);
    if (status === "failed" && failed.length === 0) return [`${file}\n    ${firstLines(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) => `${file}: ${fullName}\n    ${firstLines(failureMessages[0])}`,
    );
  });
}

function firstLines(message = ""): string {
  return message.split("\n", 3).join("\n    ").replaceAll(`${root}/`, "").slice(0, 600);
}

function run({ name, command: [binary, ...args], count }: Step): Outcome {
  console.log(`\n> ${name}: ${[binary, ...args].join(" ")}\n`);
  const started = performance.now();
  const PATH = [join(root, "node_modules", ".bin"), process.env["PATH"]].join(delimiter);
  const { status, error } = spawnSync(binary!, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH },
  });
  if (error) console.error(error.message);
  const succeeded = status === 0;
  const tally = count?.(succeeded) ?? { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 };
  return { name, seconds: (performance.now() - started) / 1000, ...tally };
}

function row({ name, seconds, passed, failed }: Outcome): string {
  return [
    failed === 0 ? "ok    " : "FAILED",
    name.padEnd(8),
    `${seconds.toFixed(1)} s`.padStart(8),
    passed + failed > 1 ? `   ${passed} of ${passed + failed}` : "",
  ].join(" ");
}

function total(outcomes: Outcome[], key: keyof Tally): number {
  return outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
}

const asked = process.argv.slice(2);
const outcomes = STEPS.filter(({ name }) => asked.length === 0 || asked.includes(name)).map(run);
const failedTests = failures(readReport(reportFile));
rmSync(scratch, { recursive: true, force: true });

const passed = total(outcomes, "passed");
const failed = total(outcomes, "failed");
const skipped = total(outcomes, "skipped");
console.log(`\n${outcomes.map((outcome) => row(outcome).trimEnd()).join("\n")}\n`);
for (const failure of failedTests) console.log(`FAILED ${failure}\n`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
