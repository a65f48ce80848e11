import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERRORS } from "./errors.ts";
import { type End, WAYS } from "./fault.ts";
import { FAULTS } from "./faults.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/faults.md"), "utf8");

/** `503 bedrock_unreachable` as a table shows it. */
const shown = (end: End | undefined): string => {
  if (end === undefined) return "";
  if (end === "the answer") return end;
  const [kind, name] = end.split(" ");
  return `${kind} \`${name}\``;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n")
    .replaceAll("|  |", "| |");

/** Spellings of one fault are one row. */
const faultRows = (title: string): string[][] => [
  ...new Map(
    FAULTS[title]!.map(({ what, ends }) => [what, [what, ...WAYS.map((way) => shown(ends[way]))]]),
  ).values(),
];

describe("docs/faults.md", () => {
  it("tells what every error means", () => {
    const rows = Object.entries(ERRORS).map(([error, { type, again, means }]) => [
      shown(error as End),
      `\`${type}\``,
      again ? "yes" : "no",
      means,
    ]);
    expect(page).toContain(table(["error", "type", "try again", "meaning"], rows));
  });

  it.each(Object.keys(FAULTS))("tells what becomes of: %s", (title) => {
    expect(page).toContain(`## ${title}\n`);
    expect(page).toContain(table(["AWS …", "chat", "chat, streamed", "embeddings"], faultRows(title)));
  });

  it("names no error that no fault becomes", () => {
    const ends = Object.values(FAULTS).flatMap((faults) => faults.flatMap(({ ends }) => Object.values(ends)));
    expect(Object.keys(ERRORS).filter((error) => !ends.includes(error as End))).toEqual([]);
  });
});
