import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** What `npm install` puts on a disk. */
export interface SizeFigure {
  title: string;
  packages: number;
  bytes: number;
}

const root = join(import.meta.dirname, "../../..");

interface Manifest {
  dependencies?: Record<string, string>;
}

/** The package with all that it depends on, and how much of that is the AWS SDK, which its users mostly have already. */
export function measureSize(): SizeFigure[] {
  const runtime = closure(["@aws-sdk/client-bedrock-runtime"]);
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
    { title: "our own code, declarations included", packages: 1, bytes: own },
    { title: "our source maps", packages: 0, bytes: maps },
    figure("zod, srvx and the other libraries", others),
    figure("the AWS SDK's two clients", sdk),
    figure("(of these, what client-bedrock-runtime alone brings)", runtime),
    {
      title: "all together",
      packages: all.size + 1,
      bytes: own + maps + figure("", all).bytes,
    },
  ];
}

const figure = (title: string, folders: ReadonlySet<string>): SizeFigure => ({
  title,
  packages: folders.size,
  bytes: [...folders].reduce((sum, folder) => sum + sizeOf(folder), 0),
});

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
