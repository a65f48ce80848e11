/** The library runs on Node 20.19; its tooling (vitest 5, nock 15, openai 7, .ts scripts) does not. */
const OLDEST_FOR_TOOLING = 22;

/** @returns {void} */
export function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= OLDEST_FOR_TOOLING) return;
  throw new Error(
    `The scripts of this project need Node ${OLDEST_FOR_TOOLING} or newer, but this is Node ${process.versions.node}: ` +
      "run `npm ci` without --ignore-scripts, which installs a newer Node for them.",
  );
}

if (import.meta.filename === process.argv[1] || process.argv[1]?.endsWith("check-node.mjs")) {
  try {
    requireNode();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
