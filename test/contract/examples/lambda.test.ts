import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { LambdaHandler } from "../../../adapters/lambda.ts";
import {
  type BedrockEmulator,
  EMULATOR_CREDENTIALS,
  startBedrockEmulator,
} from "../../../src/testing/index.ts";
import { NOVA } from "../../support/bedrock.ts";
import type { Door } from "../../support/doors/served.ts";
import { awayFromLambda, functionUrl, onLambda } from "../../support/lambda.ts";

const root = join(import.meta.dirname, "../../..");
const example = join(root, "examples/lambda");

let bedrock: BedrockEmulator;
let folder: string;
let door: Door;

beforeAll(async () => {
  bedrock = await startBedrockEmulator();
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ENDPOINT_URL", bedrock.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", EMULATOR_CREDENTIALS.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", EMULATOR_CREDENTIALS.secretAccessKey);
  // Outside of the checkout, as on AWS, the bundle finds no package.
  folder = mkdtempSync(join(tmpdir(), "function-"));
  const file = bundle(folder);
  // As Node loads it: an import would be vitest's, which mends what is wrong with it.
  const { handler } = onLambda(() => createRequire(file)(file) as { handler: LambdaHandler });
  door = await functionUrl(handler);
});
afterAll(async () => {
  await door?.close();
  awayFromLambda();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await bedrock.close();
});

/** What the README's own line makes. */
function bundle(into: string): string {
  const readme = readFileSync(join(example, "README.md"), "utf8");
  const [, line = "", name = ""] = /`esbuild ([^`]+) --outfile=([^`]+)`/.exec(readme) ?? [];
  const file = join(into, name);
  const args = [...line.split(" "), `--outfile=${file}`, "--log-level=error"];
  execFileSync(join(root, "node_modules/.bin/esbuild"), args, { cwd: example });
  return file;
}

it.each([false, true])("a function bundled as its README says answers; streamed: %s", async (stream) => {
  const response = await fetch(`${door.baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: NOVA, messages: [{ role: "user", content: "Anybody there?" }], stream }),
  });
  const text = await response.text();
  expect([response.status, text]).toEqual([200, expect.stringContaining("Anybody")]);
  expect(text.includes("data: [DONE]")).toBe(stream);
});
