import type { Finding, Level } from "./finding.ts";
import type { Format, Io } from "../terminal.ts";

const MARKS: Readonly<Record<Level, { mark: string; plain: string; format: Format }>> = {
  ok: { mark: "✓", plain: "ok", format: "green" },
  warning: { mark: "!", plain: "!", format: "yellow" },
  failure: { mark: "✗", plain: "x", format: "red" },
  skipped: { mark: "-", plain: "-", format: "dim" },
};

/** As long as the longest name of a check. */
const NAME = 16;

/** One finding: a line, and a second one for what to do. */
export function printFinding({ check, level, detail, cure }: Finding, io: Io): void {
  const { mark, plain, format } = MARKS[level];
  const shown = io.environment["TERM"] === "dumb" ? plain.padEnd(2) : mark;
  const indent = " ".repeat(shown.length + NAME + 3);
  io.out(`${io.style.stdout(format, shown)} ${check.padEnd(NAME)}  ${detail}\n`);
  if (cure !== undefined && level !== "ok") io.out(`${indent}${io.style.stdout("dim", "Do:")} ${cure}\n`);
}
