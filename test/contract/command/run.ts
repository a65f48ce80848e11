import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WITHOUT_AWS } from "../../support/without-aws.ts";

const COMMAND = fileURLToPath(new URL("../../../integrations/command.ts", import.meta.url));

/** No AWS, no keys and no colours of the machine's own. */
const ENVIRONMENT = {
  ...WITHOUT_AWS,
  // Node's own warnings are not the command's words.
  NODE_NO_WARNINGS: "1",
};

export interface Run {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  /** Resolves with what a pattern caught; rejects when the command ends without printing it. */
  printed(pattern: RegExp): Promise<string>;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

const running = new Set<ChildProcess>();
const folders = new Set<string>();

/** The command as a process of its own. */
export function run(words: readonly string[], environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [COMMAND, ...words], { env: { ...ENVIRONMENT, ...environment } });
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout!.on("data", (data: Buffer) => void (stdout += data.toString()));
  child.stderr!.on("data", (data: Buffer) => void (stderr += data.toString()));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  const printed = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const match = pattern.exec(stdout) ?? pattern.exec(stderr);
      if (match) return match[1] ?? match[0];
      if (child.exitCode !== null) throw new Error(`ended before it printed ${pattern}:\n${stdout}${stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return { child, stdout: () => stdout, stderr: () => stderr, printed, ended };
}

/** A server on a free port: `http://127.0.0.1:PORT`, without a path. */
export async function served(
  words: readonly string[],
  environment?: Record<string, string>,
): Promise<Run & { url: string }> {
  const started = run(["serve", "--port", "0", ...words], environment);
  return { ...started, url: await started.printed(/(http:\/\/127\.0\.0\.1:\d+)\/v1/) };
}

/** A file of that name with that text. */
export async function fileOf(text: string, name = "config.yaml"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bedrock-openai-"));
  folders.add(folder);
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

/** For `afterEach`: nothing is left running and nothing lying about. */
export async function cleanUp(): Promise<void> {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  folders.clear();
}
