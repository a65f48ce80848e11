/** One column of a table, the most important first. */
export interface Column<Row> {
  title: string;
  /** Where there is no room, the highest number leaves first; 0 never does. */
  rank: number;
  cell(row: Row): string;
}

const GAP = "  ";

/** Hardly an id of Bedrock's is longer; ARNs are. */
const USUAL_ID = 48;

/**
 * Rows as text, one a line, in as many of the columns as fit.
 * @param width Of the terminal, in characters.
 * @param paint For the line of titles.
 */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint = (text) => text }: { width: number; paint?: (text: string) => string },
): string {
  const measured = columns.map((column, index) => ({
    ...column,
    width: widthOf(column, rows, index === 0 ? USUAL_ID : Infinity),
  }));
  const shown = fitting(measured, width);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(shown[index]!.width))
      .join(GAP)
      .trimEnd();
  const titles = line(shown.map(({ title }) => title));
  return [paint(titles), ...rows.map((row) => line(shown.map(({ cell }) => cell(row))))]
    .map((text) => `${text}\n`)
    .join("");
}

/** Few long cells push the rest of their line instead of all lines: an ARN is twice as long as an id. */
function widthOf<Row>({ title, cell }: Column<Row>, rows: readonly Row[], most: number): number {
  const lengths = rows.map((row) => cell(row).length);
  const usual = lengths.filter((length) => length <= most);
  return Math.max(title.length, ...(usual.length > 0 ? usual : [0]));
}

interface Measured<Row> extends Column<Row> {
  width: number;
}

function fitting<Row>(columns: readonly Measured<Row>[], width: number): readonly Measured<Row>[] {
  const total = columns.reduce((sum, column) => sum + column.width + GAP.length, -GAP.length);
  const last = Math.max(...columns.map(({ rank }) => rank));
  if (total <= width || last === 0) return columns;
  return fitting(
    columns.filter(({ rank }) => rank !== last),
    width,
  );
}
