import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const run = promisify(execFile);

/** What it prints without AWS of the machine's own, so that it runs on the emulator. */
async function printed(...words: string[]): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, ["examples/langchain-rag/rag.ts", ...words], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"],
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/nonexistent",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
    },
  });
  expect(stderr).toBe("");
  expect(stdout).toContain("EMULATOR: no AWS region and credentials were found");
  return stdout;
}

describe("the LangChain example", () => {
  beforeAll(() => {
    if (!existsSync(join(ROOT, "dist/langchain.js")))
      throw new Error("The examples need `npm run build` first.");
  });

  it("finds the true page first, and names what it cites", { timeout: 60_000 }, async () => {
    const output = await printed();
    expect(output).toContain("[1] The pump stops when the water is too warm");
    expect(output).toMatch(/\n\[1\] pump\.md\n\[2\] \w+\.md\n$/);
  });

  it("answers the question that it is asked", { timeout: 60_000 }, async () => {
    expect(await printed("Do visitors wear a helmet?")).toMatch(/\n\[1\] visitors\.md\n/);
  });
});
