import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GATES, judgeGates } from "../../bench/gates.ts";
import { judge, valueOf } from "../../bench/report/judge.ts";
import { shortGrid, targetGrid } from "../../bench/report/markdown.ts";
import { PAGES, plots, rendered } from "../../bench/report/pages.ts";
import { readResults } from "../../bench/report/publish.ts";
import { svg } from "../../bench/report/svg.ts";
import { merged, type Run, type Table } from "../../bench/results.ts";
import { type Target, TARGETS } from "../../bench/targets.ts";

const root = join(import.meta.dirname, "../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const table = (rows: Record<string, number[]>): Table => ({
  title: "A <table>",
  unit: "µs",
  rows: Object.entries(rows).map(([name, rounds]) => ({ name, label: name, rounds })),
});

const run = (tables: Record<string, Table>, changed: Partial<Run> = {}): Run => ({
  node: "24.1.0",
  date: "2026-11-22",
  machine: { cpu: "a CPU", cores: 2, pinned: true },
  versions: { ai: "7.0.0" },
  tables,
  ...changed,
});

describe("what the pages say of speed is what was measured", () => {
  it.each(Object.keys(PAGES))("%s", (page) => {
    expect(rendered(page, read(page), readResults())).toBe(read(page));
  });

  it("every plot", () => {
    const made = plots(readResults());
    expect(readdirSync(join(root, "docs/performance")).toSorted()).toEqual(Object.keys(made).toSorted());
    for (const [name, plot] of Object.entries(made))
      expect(read(`docs/performance/${name}`), name).toBe(plot);
  });

  it("a page without its markers is an error, not a page without figures", () => {
    expect(() => rendered("README.md", "# Nothing", readResults())).toThrow("<!-- bench:short -->");
  });
});

describe("targets", () => {
  it("all fourteen are judged", () => {
    const numbers = [...new Set(TARGETS.map(({ number }) => number))];
    expect(numbers).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
  });

  it("ratios are of the same round, so that a neighbour who disturbs a round disturbs no ratio", () => {
    const tables = { t: table({ b1: [10, 100, 10], ours: [5, 50, 5] }) };
    expect(valueOf({ kind: "ratio", of: "t/ours", over: "t/b1" }, { tables })).toBe(0.5);
  });

  it("what one takes beyond another is of the same round too", () => {
    const tables = { t: table({ b0: [10, 100, 20], ours: [12, 102, 22] }) };
    expect(valueOf({ kind: "beyond", of: "t/ours", over: "t/b0" }, { tables })).toBe(2);
  });

  it("a floor is taken from both", () => {
    const tables = { t: table({ b1: [50], ours: [30], relay: [20] }) };
    const figure = { kind: "net", of: "t/ours", over: "t/b1", floor: "t/relay" } as const;
    expect(valueOf(figure, { tables })).toBeCloseTo(1 / 3);
  });

  const target: Target = {
    number: 1,
    says: "a thing",
    figure: { kind: "plain", of: "t/ours" },
    most: 20,
    unit: "KiB",
  };

  it("one that is missed is said to be missed, on every Node that missed it", () => {
    const runs = [run({ t: table({ ours: [20.5] }) }), run({ t: table({ ours: [20] }) }, { node: "20.2.0" })];
    expect(targetGrid({ runs }, [target])).toContain(
      "| #1 | a thing | ≤ 20 KiB | 20.5 KiB, **not met** | 20 KiB, met |",
    );
  });

  it("one that is missed by a hair does not read as if it were met", () => {
    const runs = [run({ t: table({ ours: [20.04] }) })];
    expect(targetGrid({ runs }, [target])).toContain("| 20.04 KiB, **not met** |");
  });

  it("one that was not measured is not said to be met", () => {
    const other = run({ t: table({ b1: [1] }) });
    expect(judge(target, other)).toBeUndefined();
    expect(targetGrid({ runs: [other] }, [target])).toContain("| not measured |");
  });

  it("those of the README are of the newest Node", () => {
    const runs = [run({}), run({}, { node: "20.2.0" })];
    expect(shortGrid({ runs })).toContain("Node 24.1.0");
    expect(shortGrid({ runs })).not.toContain("Node 20.2.0");
  });
});

describe("a run that measured some of it", () => {
  const before = { runs: [run({ a: table({ ours: [1] }), b: table({ ours: [1] }) })] };
  const some = { a: table({ ours: [2] }) };

  it("replaces that and leaves the rest", () => {
    const [after] = merged(before, run(some)).runs;
    expect(after!.tables).toEqual({ a: table({ ours: [2] }), b: table({ ours: [1] }) });
  });

  it("with other versions leaves nothing that they have not measured", () => {
    const [after] = merged(before, run(some, { versions: { ai: "8.0.0" } })).runs;
    expect(Object.keys(after!.tables)).toEqual(["a"]);
  });

  it("on an older Node stands behind the newest", () => {
    const { runs } = merged(before, run(some, { node: "20.2.0" }));
    expect(runs.map(({ node }) => node)).toEqual(["24.1.0", "20.2.0"]);
  });
});

describe("the gate", () => {
  const [committed] = readResults().runs;
  const made = (factor: number): Run =>
    run(
      Object.fromEntries(
        Object.entries(committed!.tables).map(([name, { title, unit, rows }]) => [
          name,
          { title, unit, rows: rows.map((row) => (row.name === "b1" ? row : scaled(row, factor))) },
        ]),
      ),
    );
  const scaled = (row: Table["rows"][number], factor: number) => ({
    ...row,
    rounds: row.rounds.map((each) => each * factor),
  });

  it("is open for what was committed", () => {
    expect(judgeGates(committed!, committed!).filter(({ passed }) => !passed)).toEqual([]);
  });

  it("is shut for what costs more than half as much again, and says what", () => {
    const shut = judgeGates(committed!, made(1.6)).filter(({ passed }) => !passed);
    expect(shut.map(({ says }) => says)).toEqual(
      GATES.filter(({ says }) => !says.startsWith("new connections")).map(({ says }) => says),
    );
  });

  it("is shut for a connection more than one in fifty, whatever was committed", () => {
    const now = run({
      ...committed!.tables,
      connections: table({ "ours-chat-16": [0.03], "ours-stream-16": [0] }),
    });
    expect(judgeGates(committed!, now).filter(({ passed }) => !passed)).toMatchObject([
      { says: "new connections per whole answer", most: 0.02 },
    ]);
  });

  it("does not open for what it knows nothing of", () => {
    expect(() => judgeGates(committed!, run({}))).toThrow("Nothing is known of");
  });
});

it("a label cannot break out of a plot", () => {
  const plot = svg(table({ "<script>&": [1, 2] }));
  expect(plot).toContain("&lt;script&gt;&amp;");
  expect(plot).toContain("A &lt;table&gt;");
});

describe("the peers", () => {
  const { dependencies } = JSON.parse(read("test/bench/package.json")) as {
    dependencies: Record<string, string>;
  };

  it("are pinned exactly", () => {
    for (const [name, version] of Object.entries(dependencies))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("use the SDK that we use", () => {
    const ours = read("node_modules/@aws-sdk/client-bedrock-runtime/package.json");
    expect(JSON.parse(ours)).toMatchObject({ version: dependencies["@aws-sdk/client-bedrock-runtime"] });
  });

  it("come from whichever registry the user has", () => {
    expect(read("test/bench/package-lock.json")).not.toContain('"resolved"');
  });
});
