import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import { join } from "node:path";
import { AUTHORITY } from "./compile.ts";
import { pinned } from "./cores.ts";

/** A process of its own that answers one order at a time. */
export interface Child<Order> {
  readonly pid: number | undefined;
  ask<Answer>(order: Order): Promise<Answer>;
  stop(): void;
  /** As a machine dies: without a word to anyone. */
  kill(): void;
}

type Envelope = { value: unknown } | { error: string };

/** No order takes as long as this, whatever the machine is busy with. */
const ORDER_MS = 60_000;
const STOP_MS = 5_000;

/** What is measured may run on another Node: `BENCH_NODE=/usr/bin/node`. Its programs are compiled for that. */
export const SUBJECT_NODE = process.env["BENCH_NODE"] ?? process.execPath;

/** Starts a script of this folder, `.ts` or compiled, on the core given where the system allows it. */
export function startChild<Order>(
  script: string,
  args: string[],
  core: "server" | "subject",
  flags: readonly string[] = [],
): Child<Order> {
  const isSubject = script.endsWith(".mjs");
  const node = [
    isSubject ? SUBJECT_NODE : process.execPath,
    "--expose-gc",
    ...flags,
    ...extraFlags(core),
    join(import.meta.dirname, script),
    ...args,
  ];
  const [command = "", ...rest] = pinned(node, core);
  const child = spawn(command, rest, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: isSubject ? subjectEnvironment() : environment(),
  });
  return {
    pid: child.pid,
    ask: <Answer>(order: Order) => ask<Answer>(child, order),
    stop: () => stop(child),
    kill: () => void child.kill("SIGKILL"),
  };
}

/** It leaves by itself, so that a profile of it gets written; it is killed if it does not. */
function stop(child: ChildProcess): void {
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  child.once("exit", () => clearTimeout(timer));
  if (child.connected) child.disconnect();
}

async function ask<Answer>(child: ChildProcess, order: unknown): Promise<Answer> {
  const limit = new AbortController();
  const signal = AbortSignal.any([limit.signal, AbortSignal.timeout(ORDER_MS)]);
  const exited = once(child, "exit", { signal }).then(() => {
    throw new Error("A process of the benchmark ended too early.");
  });
  const answered = once(child, "message", { signal });
  child.send({ order });
  try {
    const [envelope] = (await Promise.race([answered, exited])) as [Envelope];
    if ("error" in envelope) throw new Error(envelope.error);
    return envelope.value as Answer;
  } finally {
    limit.abort();
    // The one that lost the race is aborted now.
    await Promise.allSettled([answered, exited]);
  }
}

/** The child's side: answers the parent's orders, and ends with the parent. */
export function serveParent<Order>(answer: (order: Order) => Promise<unknown>): void {
  process.on("disconnect", () => process.exit());
  process.on("message", ({ order }: { order: Order }) => {
    answer(order).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: String(error instanceof Error ? error.stack : error) }),
    );
  });
}

/** For profiles: `BENCH_SUBJECT_FLAGS="--cpu-prof --cpu-prof-dir=…"`. */
const extraFlags = (core: string): string[] =>
  core === "subject" ? (process.env["BENCH_SUBJECT_FLAGS"]?.split(" ").filter(Boolean) ?? []) : [];

/** Nothing of the user's AWS set-up may change what is measured. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  ...(process.env["BENCH_PORT"] && { BENCH_PORT: process.env["BENCH_PORT"] }),
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
});

/** It trusts the load server's certificate, and the SDK does not tell every process of an older Node that it is old. */
export const subjectEnvironment = (): NodeJS.ProcessEnv => ({
  ...environment(),
  NODE_EXTRA_CA_CERTS: AUTHORITY,
  NODE_NO_WARNINGS: "1",
});
