import { readFileSync } from "node:fs";

const page = readFileSync(new URL("../../../docs/compatibility.md", import.meta.url), "utf8");

/** The table of docs/compatibility.md below a heading, as it stands there. */
export function tableUnder(heading: string): string {
  const section = page.split(/^#{2,3} /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return section.match(/(^\|.*\n?)+/m)?.[0]?.trim() ?? "";
}

export interface Row {
  name: string;
  behaviours: string[];
  /** Where it lands: JSON paths in the AWS request, or the path of its URL. */
  places: string[];
}

export const rowsUnder = (heading: string): Row[] =>
  tableUnder(heading)
    .split("\n")
    .slice(2)
    .map((line) => {
      const [name = "", behaviours = "", where = ""] = line.split("|").slice(1, -1);
      return {
        name: name.replaceAll("`", "").trim(),
        behaviours: behaviours.split(",").map((each) => each.trim()),
        places: [...where.matchAll(/`([^`]+)`/g)].map(([, place]) => place!),
      };
    });
