import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const FILE = "examples/guardrails/guardrails.ts";
const run = promisify(execFile);

/** No AWS of the machine's own, so that it runs on the emulator. */
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
};

describe("the example of guardrails", () => {
  beforeAll(() => {
    if (!existsSync(join(ROOT, "dist/index.js"))) throw new Error("The examples need `npm run build` first.");
  });

  it("lets one question through, shows what blocked another, and judges by the same guardrail", async () => {
    const { stdout, stderr } = await run(process.execPath, [FILE, "Is anybody there?"], {
      cwd: ROOT,
      env: ENVIRONMENT,
    });
    expect(stderr).toBe("");
    expect(stdout).toMatch(/> Is anybody there\?\n[^>]*\[stop\]\n/);
    expect(stdout).toContain("Sorry, the guardrail blocked this. [content_filter]\ntrace: {");
    expect(stdout).toMatch(/abc123def456:DRAFT finds in "You are a kind person\.": nothing/);
    expect(stdout).toMatch(/finds in "You stupid idiot, I will kill you\.": harassment, violence/);
  });
});
