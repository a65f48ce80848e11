import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureRedis } from "../../scripts/ensure-programs.mjs";

export interface RedisServer {
  url: string;
  port: number;
  /** As a machine that loses its power. */
  kill(): Promise<void>;
  /** Again on the same port, with all that it acknowledged; nothing where it runs. */
  restart(): Promise<void>;
  /** It keeps its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Stops it, and what it kept is gone. */
  close(): Promise<void>;
}

/** A real Redis on a port of its own, which writes to disk before it acknowledges. */
export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "bedrock-openai-redis-"));
  const port = await freePort();
  let child = await run(port, folder);
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: () => kill("SIGKILL"),
    async restart() {
      if (child.exitCode === null && child.signalCode === null) return;
      child = await run(port, folder);
    },
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    async close() {
      child.kill("SIGCONT");
      await kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function run(port: number, folder: string): Promise<ChildProcess> {
  const settings = ["--appendonly", "yes", "--appendfsync", "always", "--save", "", "--dir", folder];
  const child = spawn(
    ensureRedis(),
    ["--port", String(port), "--bind", "127.0.0.1", "--daemonize", "no", ...settings],
    { stdio: "ignore" },
  );
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`redis-server left with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

/** It takes connections before it has read what it kept, and answers then. */
const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.setEncoding("utf8");
    socket.once("data", (reply) => {
      socket.destroy();
      resolve(String(reply).startsWith("+PONG"));
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
