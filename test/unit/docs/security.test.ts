import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../../../", import.meta.url);

const read = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");

/** Rows of threats: what proves them is named in the last column, by file, and by title where a file holds many. */
const proofs = read("SECURITY.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && line.includes("`test/"))
  .map((line) => line.split(" | ").at(-1)!);

const named = proofs.flatMap((cell) =>
  [...cell.matchAll(/`(test\/[^`]+)`(?:: "([^"]+)")?/g)].map(([, file, title]) => ({ file: file!, title })),
);

describe("the threat model", () => {
  it("names a proof for every threat", () => {
    const threats = read("SECURITY.md")
      .split("\n")
      .filter((line) => /^\| (?!threat|who|---)/.test(line));
    const ofTrust = threats.filter((line) => line.split(" | ").length === 2);
    expect(threats.length - ofTrust.length).toBe(proofs.length);
    expect(named.length).toBeGreaterThanOrEqual(proofs.length);
  });

  it.each(named)("names a test that there is: $file $title", ({ file, title }) => {
    expect(existsSync(new URL(file, ROOT))).toBe(true);
    if (title !== undefined) expect(read(file)).toContain(title);
  });
});
