import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "../..");

export interface Manifest {
  name: string;
  exports: Record<string, string | Record<string, string>>;
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** A project that has this package installed from its tarball, and nothing that the package does not declare. */
export interface Installed {
  folder: string;
  /** Where the package itself stands in it. */
  package: string;
  manifest: Manifest;
  /** What the tarball holds. */
  files: string[];
  /** Runs a module, in the format that its name says (`.mjs`, `.cjs`), and returns what it prints as JSON. */
  run<Result>(name: string, source: string, options?: { node?: string; args?: string[] }): Result;
  remove(): void;
}

const inCheckout = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** Links a package out of the checkout: nothing is fetched, and a dependency that is not declared is not found. */
function link(name: string, folder: string): void {
  const source = join(root, "node_modules", name);
  const target = join(folder, "node_modules", name);
  if (!existsSync(source)) throw new Error(`${name} is declared but not installed in the checkout.`);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(source, target, "junction");
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

/** Where a framework brings no types along, whoever writes TypeScript installs these beside it. */
const TYPES = ["@types/express", "@types/koa", "@types/node"];

export function install({ peers }: { peers: boolean }): Installed {
  if (!existsSync(join(root, "dist/index.js"))) inCheckout("npm", "run", "build");
  const folder = mkdtempSync(join(tmpdir(), "installed-"));
  const tarball = inCheckout(
    "npm",
    "pack",
    "--silent",
    "--ignore-scripts",
    "--pack-destination",
    folder,
  ).trim();
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  const installed = join(folder, "node_modules", manifest.name);
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", installed, "--strip-components=1"]);
  for (const name of Object.keys(manifest.dependencies)) link(name, folder);
  if (peers)
    for (const name of [...Object.keys(manifest.peerDependencies ?? {}), ...TYPES]) link(name, folder);
  return {
    folder,
    package: installed,
    manifest,
    files: filesIn(installed),
    run(name, source, { node = process.execPath, args = [] } = {}) {
      writeFileSync(join(folder, name), source);
      // Whoever has installed it is not being tested.
      const { VITEST: _, ...env } = process.env;
      const child = spawnSync(node, [...args, name], { cwd: folder, env, encoding: "utf8" });
      const { stdout, stderr, status } = child;
      if (status !== 0) throw new Error(`${name} on ${node}:\n${stderr}`);
      return JSON.parse(stdout);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
