import type { Results } from "../results.ts";
import { ground, shortGrid, tables, targetGrid } from "./markdown.ts";
import { svg } from "./svg.ts";

/** What the benchmark writes into a page, by page and by the name between its markers. */
export const PAGES: Record<string, Record<string, (results: Results) => string>> = {
  "README.md": {
    short: (results) => `${shortGrid(results)}\n\n${newestGround(results)}`,
  },
  "docs/performance.md": {
    targets: targetGrid,
    ground: ({ runs }) => runs.map((run) => `- ${ground(run)}`).join("\n"),
    tables,
  },
};

/** The README says when and on what; the versions are in the docs. */
function newestGround({ runs: [newest] }: Results): string {
  if (!newest) return "";
  const { date, node, machine } = newest;
  return `Measured on ${date}, Node ${node}, ${machine.cores} cores of ${machine.cpu}.`;
}

const begin = (name: string): string => `<!-- bench:${name} -->`;
const END = "<!-- /bench -->";

/** The page with everything between its markers made anew. @throws where a marker is missing. */
export function rendered(page: string, text: string, results: Results): string {
  let written = text;
  for (const [name, make] of Object.entries(PAGES[page] ?? {})) {
    const from = written.indexOf(begin(name));
    const to = written.indexOf(END, from);
    if (from < 0 || to < 0) throw new Error(`${page} has no place for ${begin(name)} … ${END}.`);
    written = `${written.slice(0, from)}${begin(name)}\n\n${make(results)}\n\n${written.slice(to)}`;
  }
  return written;
}

/** The plots of the newest run, by file name. */
export const plots = ({ runs: [newest] }: Results): Record<string, string> =>
  Object.fromEntries(
    Object.entries(newest?.tables ?? {}).map(([name, table]) => [`${name}.svg`, svg(table)]),
  );
