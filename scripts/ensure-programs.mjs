import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The browser that examples are tested in. */
const CHROMIUM = {
  title: "Chromium",
  variable: "CHROMIUM_PATH",
  names: ["chromium", "chromium-browser", "google-chrome"],
  debian: "chromium",
};

/** The store that what is kept is tested on. Every test starts its own, on a port of its own. */
const REDIS = {
  title: "Redis",
  variable: "REDIS_SERVER_PATH",
  names: ["redis-server", "valkey-server"],
  debian: "redis-server",
};

/**
 * The path of a program that tests need. Its variable goes first. A CI machine that has none gets Debian's, as it starts from a
 * bare image.
 * @throws Error that says what to install.
 */
export const ensureChromium = (env = process.env) => ensure(CHROMIUM, env);
export const ensureRedis = (env = process.env) => ensure(REDIS, env);

function ensure({ title, variable, names, debian }, env) {
  const named = env[variable];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`${variable} is ${named}, and there is no such file.`);
  }
  const found = onPath(env, names);
  if (found) return found;
  if (env.CI === "true" && process.getuid?.() === 0 && onPath(env, ["apt-get"])) {
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", debian]])
      spawnSync("apt-get", args, { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "inherit" });
    const installed = onPath(env, names);
    if (installed) return installed;
  }
  throw new Error(
    `No ${title} was found: install one (Debian: apt-get install ${debian}), or set ${variable} to one that you have.`,
  );
}

const onPath = ({ PATH = "" }, names) =>
  names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name))).find(isExecutable);

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
