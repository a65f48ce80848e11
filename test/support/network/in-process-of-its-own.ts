import { spawn } from "node:child_process";
import { hasSubscribers } from "node:diagnostics_channel";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../../src/testing/index.ts";
import { WITHOUT_AWS } from "../without-aws.ts";
import { ELSEWHERE, EXPIRED, STAND_IN } from "./certificates.ts";

/** What a process is started for. */
export interface Errand {
  options: BedrockOpenAIOptions;
  requests: { path: string; body?: object }[];
}

export interface Told {
  status: number;
  /** `x-should-retry`. */
  retry: string | null;
  body: string;
}

const FILE = fileURLToPath(new URL("ask.ts", import.meta.url));

/** As in this process: the project `by-node`. */
const watched = (): Record<string, string> =>
  hasSubscribers("http.client.request.start")
    ? { NODE_OPTIONS: `--import ${new URL("../by-node.ts", import.meta.url)}` }
    : {};

/**
 * Runs requests in a process of their own, which trusts these certificates as a server trusts a company's, and which
 * nothing ends but that nothing is left to do. An environment is read as it is given, and nobody else's.
 */
export async function inProcessOfItsOwn(
  { options, requests }: Errand,
  env: Record<string, string> = {},
): Promise<{ told: Told[]; code: number | null; complaints: string }> {
  const folder = await mkdtemp(join(tmpdir(), "bedrock-openai-"));
  try {
    const authority = join(folder, "ca.pem");
    await writeFile(authority, [STAND_IN, EXPIRED, ELSEWHERE].map(({ cert }) => cert).join(""));
    const errand = { options: { region: "us-east-1", ...options }, requests };
    const child = spawn(process.execPath, [FILE, JSON.stringify(errand)], {
      env: {
        ...WITHOUT_AWS,
        ...watched(),
        NODE_EXTRA_CA_CERTS: authority,
        AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
        ...env,
      },
    });
    let output = "";
    let complaints = "";
    child.stdout.setEncoding("utf8").on("data", (data: string) => void (output += data));
    child.stderr.setEncoding("utf8").on("data", (data: string) => void (complaints += data));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    const told = output
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Told);
    return { told, code, complaints };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
