import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { faultsOf } from "./faults.ts";
import { createProject, type Project, ROOT } from "./project.ts";
import { type Snippet, snippetsOf } from "./snippets.ts";

let project: Project | undefined;
afterEach(() => project?.remove());

/** A fragment goes on with what stood above it, and is no file of its own; a note names what only some readers have installed. */
const isFile = ({ language, note, code }: Snippet): boolean =>
  language === "ts" && note === "" && code.startsWith("import ");

it.each([
  "README.md",
  "docs/aws-access.md",
  "docs/in-your-app.md",
  "docs/langchain.md",
  "docs/messages.md",
  "docs/observability.md",
  "docs/responses.md",
  "docs/state.md",
  "docs/who-may-call.md",
])("%s shows code that compiles as it stands", { timeout: 120_000 }, (page) => {
  const code = snippetsOf(join(ROOT, page))
    .filter(isFile)
    .map((snippet, index) => [`${index}.ts`, snippet.code] as const);
  expect(code).not.toEqual([]);
  project = createProject(Object.fromEntries(code));
  expect(
    faultsOf(
      project.folder,
      code.map(([name]) => name),
    ),
  ).toEqual([]);
});
