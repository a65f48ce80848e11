import type { Table } from "../results.ts";
import { figure, lines } from "./lines.ts";

const WIDTH = 960;
const LABEL = 440;
const VALUE = 130;
const BAR = 16;
const STEP = 28;
const TOP = 44;
/** Medium tones, which both a light and a dark page leave readable. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #59636e; }
  .title { font-weight: 600; }
  .ours { fill: #2f81f7; }
  .theirs { fill: #8b949e; }
  .whisker { stroke: #59636e; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) { text { fill: #9da7b3; } .whisker { stroke: #c9d1d9; } }`;

const OURS = /bedrock-openai|createBedrock|ChatBedrockOpenAI/;

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Bars to the median, with a whisker from the least to the most. */
export function svg(table: Table): string {
  const all = lines(table);
  const most = Math.max(...all.map(({ measured }) => measured.max), Number.MIN_VALUE);
  const x = (value: number): number =>
    Math.round(LABEL + (Math.max(0, value) / most) * (WIDTH - LABEL - VALUE));
  const bars = all.map(({ label, measured }, index) => {
    const y = TOP + index * STEP;
    const middle = y + BAR / 2;
    const { median, min, max } = measured;
    return [
      `<text x="${LABEL - 10}" y="${middle + 4}" text-anchor="end">${escape(label)}</text>`,
      `<rect class="${OURS.test(label) ? "ours" : "theirs"}" x="${LABEL}" y="${y}" width="${x(median) - LABEL}" height="${BAR}" rx="2"/>`,
      `<path class="whisker" d="M${x(min)} ${middle}H${x(max)}M${x(min)} ${middle - 4}v8M${x(max)} ${middle - 4}v8"/>`,
      `<text x="${x(max) + 8}" y="${middle + 4}">${figure({ median, min: median, max: median })}</text>`,
    ].join("\n");
  });
  const height = TOP + all.length * STEP + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escape(table.title)}, ${escape(table.unit)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<text class="title" x="0" y="20">${escape(table.title)}, ${escape(table.unit)}</text>`,
    ...bars,
    "</svg>\n",
  ].join("\n");
}
