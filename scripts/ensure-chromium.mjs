import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/**
 * The path of the browser that the examples are tested in. `CHROMIUM_PATH` goes first. A CI machine that has none gets
 * Debian's, as it starts from a bare image.
 * @throws Error that says what to install.
 */
export function ensureChromium(env = process.env) {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, and there is no such file.`);
  }
  const found = onPath(env.PATH);
  if (found) return found;
  if (env.CI === "true" && process.getuid?.() === 0 && onPath(env.PATH, ["apt-get"])) {
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]])
      spawnSync("apt-get", args, { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "inherit" });
    const installed = onPath(env.PATH);
    if (installed) return installed;
  }
  throw new Error(
    "No Chromium was found: install one (Debian: apt-get install chromium), or set CHROMIUM_PATH to a browser you have.",
  );
}

function onPath(path = "", names = NAMES) {
  return names
    .flatMap((name) => path.split(delimiter).map((folder) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(ensureChromium());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
