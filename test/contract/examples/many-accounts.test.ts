import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../support/bedrock.ts";

const ROOT = join(import.meta.dirname, "../../..");
const FILE = "examples/many-accounts/app.ts";

/** No AWS of the machine's own, so that it runs on emulators. */
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  PORT: "0",
};

let child: ChildProcess | undefined;
let output = "";
afterEach(() => void child?.kill());

async function start(): Promise<string> {
  child = spawn(process.execPath, [FILE], { cwd: ROOT, env: ENVIRONMENT });
  for (const stream of [child.stdout!, child.stderr!])
    stream.on("data", (data: Buffer) => void (output += data.toString()));
  const listening = /Listening on (http:\/\/127\.0\.0\.1:\d+\/v1)/;
  await eventually(() => listening.test(output) || child!.exitCode !== null, 15_000);
  return listening.exec(output)?.[1] ?? output;
}

const ask = (baseURL: string, model: string): Promise<Response> =>
  fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "Anybody there?" }] }),
  });

describe("the example of several accounts", () => {
  beforeAll(() => {
    if (!existsSync(join(ROOT, "dist/index.js"))) throw new Error("The examples need `npm run build` first.");
  });

  it("has each tenant's own account answer, and says which", async () => {
    const baseURL = await start();
    const models = [
      "acme/eu.amazon.nova-lite-v1:0",
      "globex/us.amazon.nova-lite-v1:0",
      "us.amazon.nova-lite-v1:0",
    ];
    for (const model of models) {
      const response = await ask(baseURL, model);
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.stringContaining("Anybody there?"),
      ]);
    }
    await eventually(() => output.includes("The account of globex answered"));
    expect(output.match(/^The account of .*$/gm)?.toSorted()).toEqual([
      "The account of acme answered 200 to Converse, signed by AKIAACME for eu-central-1.",
      "The account of globex answered 200 to Converse, signed by AKIAGLOBEX for us-west-2.",
    ]);
  });
});
