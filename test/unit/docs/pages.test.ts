import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

const pagesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => join(folder, name));

const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...pagesIn("docs"),
  ...pagesIn("examples"),
];

const read = (page: string): string => readFileSync(join(ROOT, page), "utf8");

const withoutCode = (text: string): string => text.replaceAll(/^```[^]*?^```$/gm, "");

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (page: string): string[] =>
  [...withoutCode(read(page)).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

/** Whether a link of a page leads to a file, and where it names a heading, to that. */
function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(ROOT, join(ROOT, dirname(page), path));
  if (!existsSync(join(ROOT, target))) return false;
  return (
    anchor === undefined ||
    (!statSync(join(ROOT, target)).isDirectory() && anchorsOf(target).includes(anchor))
  );
}

describe("a reader of", () => {
  it.each(pages)("%s does not meet the halves of a merge", (page) => {
    expect(read(page).match(/^(?:<{7}|={7}|>{7})(?: .*)?$/gm)).toBe(null);
  });

  it.each(pages)("%s is led to nothing that is not there", (page) => {
    const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const inside = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(inside.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });
});
