import { spawnSync } from "node:child_process";
import { delimiter, join, sep } from "node:path";

function versionOf(node: string): string | undefined {
  const { stdout, status } = spawnSync(node, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** A Node 20 that understands `require(esm)`: `NODE20` names it, else it is the one on PATH beside npm's own. */
export function findNode20(): string | undefined {
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !folder.split(sep).includes("node_modules"))
    .map((folder) => join(folder, "node"));
  return [process.env["NODE20"] ?? [], onPath].flat().find((node) => {
    const [, major, minor] = /^v(\d+)\.(\d+)/.exec(versionOf(node) ?? "") ?? [];
    return major === "20" && Number(minor) >= 19;
  });
}
