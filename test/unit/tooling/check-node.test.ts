import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const script = join(import.meta.dirname, "../../../scripts/check-node.mjs");
const pretend = `data:text/javascript,${encodeURIComponent(
  'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });',
)}`;

const run = (node: string, ...args: string[]) => spawnSync(node, [...args, script], { encoding: "utf8" });

it("lets the Node that runs these tests pass without a word", () => {
  expect(run(process.execPath)).toMatchObject({ status: 0, stdout: "", stderr: "" });
});

it("stops an old Node with one sentence that says what to do", () => {
  const { status, stderr } = run(process.execPath, "--import", pretend);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^The scripts of this project need Node 22 or newer, but this is Node 20\.\d+\.\d+: .*\n$/,
  );
});
