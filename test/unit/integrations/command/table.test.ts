import { describe, expect, it } from "vitest";
import { type Column, renderTable } from "../../../../integrations/command/table.ts";

interface Row {
  id: string;
  kind: string;
  extra: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: "ID", rank: 0, cell: ({ id }) => id },
  { title: "KIND", rank: 1, cell: ({ kind }) => kind },
  { title: "EXTRA", rank: 2, cell: ({ extra }) => extra },
];

const row = (id: string, kind = "chat", extra = "words"): Row => ({ id, kind, extra });

describe("a table", () => {
  it("has its columns below each other and no blanks at the ends of lines", () => {
    expect(renderTable([row("a"), row("long-id", "embedding", "")], COLUMNS, { width: 80 })).toBe(
      ["ID       KIND       EXTRA", "a        chat       words", "long-id  embedding", ""].join("\n"),
    );
  });

  it("gives up the column of the highest rank first, where there is no room", () => {
    const rows = [row("a".repeat(20))];
    expect(renderTable(rows, COLUMNS, { width: 30 })).toMatch(/^ID +KIND\n/);
    expect(renderTable(rows, COLUMNS, { width: 22 })).toMatch(/^ID\n/);
    expect(renderTable(rows, COLUMNS, { width: 5 })).toContain("a".repeat(20));
  });

  it("does not let one ARN push all other lines", () => {
    const [, short, long] = renderTable([row("a"), row("x".repeat(90))], COLUMNS, { width: 80 }).split("\n");
    expect(short).toBe("a   chat  words");
    expect(long).toBe(`${"x".repeat(90)}  chat  words`);
  });

  it("without rows is its titles", () => {
    expect(renderTable([], COLUMNS, { width: 80 })).toBe("ID  KIND  EXTRA\n");
  });
});
