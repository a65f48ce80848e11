import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const run = promisify(execFile);

/** What an example prints: no AWS of the machine's own, so that it runs on the emulator. */
async function printed(file: string, ...words: string[]): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [file, ...words], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"],
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/nonexistent",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
      OPENAI_API_KEY: "sk-of-openai",
      OPENAI_BASE_URL: "http://127.0.0.1:9/elsewhere",
    },
  });
  expect(stderr).toBe("");
  expect(stdout).toContain("EMULATOR: no AWS region and credentials were found");
  return stdout;
}

const EXAMPLES = [
  {
    file: "examples/openai-client/chat.ts",
    question: "Are you there?",
    says: /Are you there\?/,
    byItself: /3\.9 or 3\.11/,
  },
  {
    file: "examples/openai-agents/agent.ts",
    question: 'count_stock of the part "valve"',
    says: /\[count_stock\("valve"\) → 12\]\n[^]*valve: 12 in stock[^]*\n2 requests, \d+ tokens in, \d+ out\n$/,
    byItself: /pump: 3 in stock/,
  },
  {
    file: "examples/ai-sdk/chat.ts",
    question: 'search_notes for "must visitors wear a helmet?"',
    says: /\[search_notes\("must visitors wear a helmet\?"\) → "Visitors wear a helmet in the hall\."\]\n[^]*\n2 steps, [1-9]\d* tokens in, [1-9]\d* out\n$/,
    byItself: /→ "The pump stops when the water is too warm/,
  },
];

describe.each(EXAMPLES)("$file", ({ file, question, says, byItself }) => {
  beforeAll(() => {
    if (!existsSync(join(ROOT, "dist/index.js"))) throw new Error("The examples need `npm run build` first.");
  });

  it("answers the question that it is asked, and ends", { timeout: 60_000 }, async () => {
    expect(await printed(file, question)).toMatch(says);
  });

  it("has a question of its own", { timeout: 60_000 }, async () => {
    expect(await printed(file)).toMatch(byItself);
  });

  it("has a README that says how to run it, on one screen", () => {
    const readme = readFileSync(join(ROOT, file, "../README.md"), "utf8");
    expect(readme).toContain(`npm run example ${file}`);
    expect(readme.split("\n").length).toBeLessThanOrEqual(15);
  });
});
