import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "nodes");
const binary = (name: string): string => join(folder, "node_modules", name, "bin/node");

/** Every Node that this package promises to run on: the oldest, and the newest of each line that is alive. */
export const NODES: Readonly<Record<string, string>> = {
  "Node 20.19.0": binary("node20"),
  "Node 22": binary("node22"),
  "the Node of these tests": process.execPath,
  "Node 26": binary("node26"),
};

/** They are a project of their own: one folder of binaries can hold one `node`. */
export function installNodes(): void {
  if (Object.values(NODES).every((node) => existsSync(node))) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
}
