import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { WITHOUT_AWS } from "./without-aws.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Example {
  /** What it printed so far. */
  output(): string;
  /** What of that were complaints. */
  complaints(): string;
  /** Waits until it printed this; the first group of it, if it has one. */
  printed(pattern: RegExp): Promise<string>;
  /** The code it leaves with. */
  ended: Promise<number | null>;
  stop(): void;
}

/** Runs a file of `examples` as its README says, with these arguments and a free port. */
export function startExample(
  file: string,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Example {
  if (!existsSync(`${ROOT}/dist/index.js`)) throw new Error("The examples need `npm run build` first.");
  const child: ChildProcess = spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    env: { ...WITHOUT_AWS, PORT: "0", ...env },
  });
  let output = "";
  let complaints = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding("utf8").on("data", (data: string) => void (output += data));
  child.stderr!.on("data", (data: string) => void (complaints += data));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    output: () => output,
    complaints: () => complaints,
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(output);
        if (match) return match[1] ?? match[0];
        if (child.exitCode !== null) throw new Error(`exited before it printed ${pattern}: ${output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    ended,
    stop: () => void child.kill(),
  };
}
