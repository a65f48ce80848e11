import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

/** What npm writes when it is done. */
const INSTALLED = join(import.meta.dirname, "node_modules", ".package-lock.json");
const LOCK = join(import.meta.dirname, "package-lock.json");

/** Brings those that we are measured beside, at the versions of this folder's lock file. */
export function installPeers(): void {
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs) return;
  console.log("Installing what we are measured beside into test/bench/node_modules …");
  const options = { cwd: import.meta.dirname, stdio: "inherit" } as const;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], options);
}
