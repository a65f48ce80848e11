/** What was measured of one side: one figure for each round. Rounds of the same number were taken one after another. */
export interface Row {
  name: string;
  label: string;
  rounds: number[];
}

/** One scenario's figures, in one unit. Ratios are to its first row. */
export interface Table {
  title: string;
  unit: string;
  rows: Row[];
}

/** All that was measured on one Node. */
export interface Run {
  node: string;
  /** Day of the newest table. */
  date: string;
  machine: { cpu: string; cores: number; pinned: boolean };
  versions: Record<string, string>;
  /** By scenario. */
  tables: Record<string, Table>;
}

/** `results.json`: newest Node first. */
export interface Results {
  runs: Run[];
}

const major = ({ node }: Run): number => Number.parseInt(node, 10);

/** The results with one more run in them. What another run of that Node has measured besides stays, if nothing else changed. */
export function merged({ runs }: Results, run: Run): Results {
  const earlier = runs.find((each) => major(each) === major(run));
  const others = runs.filter((each) => each !== earlier);
  const tables = earlier && isSame(earlier, run) ? { ...earlier.tables, ...run.tables } : run.tables;
  return { runs: [...others, { ...run, tables }].toSorted((a, b) => major(b) - major(a)) };
}

const isSame = (a: Run, b: Run): boolean =>
  JSON.stringify([a.node, a.machine, a.versions]) === JSON.stringify([b.node, b.machine, b.versions]);
