import { readFileSync } from "node:fs";

/** The rows of all tables of a Markdown file that have this heading in their first column, cell by cell. */
export function rowsUnder(file: string, heading: string): string[][] {
  const rows: string[][] = [];
  let isIn = false;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const cells = line.startsWith("|")
      ? line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim())
      : undefined;
    if (!cells) isIn = false;
    else if (cells[0] === heading) isIn = true;
    else if (isIn && !/^-+$/.test(cells[0]!)) rows.push(cells);
  }
  return rows;
}

/** What stands in a cell as code, if it is one word. */
export const wordsIn = (cell: string): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, word]) => word!);
