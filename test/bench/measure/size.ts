import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Scenario } from "../bench.ts";
import type { Row } from "../results.ts";
import { eagerCode } from "./code.ts";

const root = join(import.meta.dirname, "../../..");

interface Manifest {
  dependencies?: Record<string, string>;
}

/** What an installation puts on the disk, and what of our code an import reads. */
export const size: Scenario = {
  name: "size",
  measure: () =>
    Promise.resolve({
      size: { title: "What an installation puts on the disk", unit: "MB", rows: installed() },
      code: {
        title: "Our code that an import reads",
        unit: "KiB, gzip",
        rows: [
          row("root", "bedrock-openai", eagerCode("index.js") / 1024),
          row("express", "with bedrock-openai/express", eagerCode("index.js", "express.js") / 1024),
          row("openai", "with bedrock-openai/openai", eagerCode("index.js", "openai.js") / 1024),
        ],
      },
    }),
};

const row = (name: string, label: string, figure: number): Row => ({ name, label, rounds: [figure] });

/** The package with all that it depends on, and how much of that is the AWS SDK, which its users mostly have already. */
function installed(): Row[] {
  const sdk = closure([
    "@aws-sdk/client-bedrock-runtime",
    "@aws-sdk/client-bedrock",
    "@smithy/node-http-handler",
  ]);
  const all = closure(Object.keys(manifestOf(root).dependencies ?? {}));
  const others = new Set([...all].filter((folder) => !sdk.has(folder)));
  const own = sizeOf(join(root, "dist"), (name) => !name.endsWith(".map"));
  const maps = sizeOf(join(root, "dist"), (name) => name.endsWith(".map"));
  return [
    row("all", `all, in ${all.size + 1} packages`, (own + maps + total(all)) / MB),
    row("own", "our own code, declarations included", own / MB),
    row("maps", "our source maps", maps / MB),
    row("others", `zod, srvx and the other libraries, ${others.size} packages`, total(others) / MB),
    row("sdk", `the AWS SDK's two clients, ${sdk.size} packages`, total(sdk) / MB),
  ];
}

const MB = 1e6;

const total = (folders: ReadonlySet<string>): number =>
  [...folders].reduce((sum, folder) => sum + sizeOf(folder), 0);

/** The folders of packages and of what they depend on, as Node finds them. */
function closure(names: readonly string[], from = root, found = new Set<string>()): Set<string> {
  for (const name of names) {
    const folder = find(name, from);
    if (!folder || found.has(folder)) continue;
    found.add(folder);
    closure(Object.keys(manifestOf(folder).dependencies ?? {}), folder, found);
  }
  return found;
}

function find(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** A package's own files: what is nested in it counts as itself. */
function sizeOf(folder: string, counts: (name: string) => boolean = () => true): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += entry.name === "node_modules" ? 0 : sizeOf(path, counts);
    else if (counts(entry.name)) bytes += statSync(path).size;
  }
  return bytes;
}
