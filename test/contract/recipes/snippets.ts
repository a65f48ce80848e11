import { readFileSync } from "node:fs";

export interface Snippet {
  /** The heading above it. */
  heading: string;
  language: string;
  /** What stands beside the language, such as `untested`. */
  note: string;
  code: string;
}

/** The code blocks of a Markdown file, in their order. */
export function snippetsOf(file: string): Snippet[] {
  const snippets: Snippet[] = [];
  let heading = "";
  let open: Snippet | undefined;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, fence] = /^```(.*)$/.exec(line) ?? [];
    if (open && fence === "") {
      snippets.push(open);
      open = undefined;
    } else if (open) open.code += `${line}\n`;
    else if (fence !== undefined) {
      const [language = "", ...note] = fence.split(" ");
      open = { heading, language, note: note.join(" "), code: "" };
    } else if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
  }
  if (open) throw new Error(`${file}: the code below '${heading}' is not closed.`);
  return snippets;
}
