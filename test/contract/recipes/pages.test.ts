import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { faultsOf } from "./faults.ts";
import { createProject, type Project, ROOT } from "./project.ts";
import { snippetsOf } from "./snippets.ts";

let project: Project | undefined;
afterEach(() => project?.remove());

/** A fragment goes on with what stood above it, and is no file of its own. */
const isFile = (code: string): boolean => code.startsWith("import ");

it.each(["README.md", "docs/in-your-app.md", "docs/langchain.md"])(
  "%s shows code that compiles as it stands",
  { timeout: 120_000 },
  (page) => {
    const code = snippetsOf(join(ROOT, page))
      .filter((snippet) => snippet.language === "ts" && isFile(snippet.code))
      .map((snippet, index) => [`${index}.ts`, snippet.code] as const);
    expect(code).not.toEqual([]);
    project = createProject(Object.fromEntries(code));
    expect(
      faultsOf(
        project.folder,
        code.map(([name]) => name),
      ),
    ).toEqual([]);
  },
);
