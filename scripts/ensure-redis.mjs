import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["redis-server", "valkey-server"];

/**
 * The path of the Redis that state is tested on. `REDIS_SERVER_PATH` goes first. A CI machine that has none gets Debian's, as it
 * starts from a bare image. Nothing is started here: every test starts its own, on a port of its own.
 * @throws Error that says what to install.
 */
export function ensureRedis(env = process.env) {
  const named = env.REDIS_SERVER_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`REDIS_SERVER_PATH is ${named}, and there is no such file.`);
  }
  const found = onPath(env.PATH);
  if (found) return found;
  if (env.CI === "true" && process.getuid?.() === 0 && onPath(env.PATH, ["apt-get"])) {
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", "redis-server"]])
      spawnSync("apt-get", args, { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "inherit" });
    const installed = onPath(env.PATH);
    if (installed) return installed;
  }
  throw new Error(
    "No Redis was found: install one (Debian: apt-get install redis-server), or set REDIS_SERVER_PATH to a redis-server or valkey-server you have.",
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
    console.log(ensureRedis());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
