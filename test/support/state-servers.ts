import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import OpenAI from "openai";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { type BedrockEmulator, EMULATOR_CREDENTIALS, startBedrockEmulator } from "../../src/testing/index.ts";
import { type RedisServer, startRedis } from "./redis.ts";
import type { Settings } from "./state-server.ts";
import { WITHOUT_AWS } from "./without-aws.ts";

const SERVER = fileURLToPath(new URL("state-server.ts", import.meta.url));

export interface ServerProcess {
  url: string;
  /** The official client, by a key. */
  openai(apiKey?: string): OpenAI;
  complaints(): string;
  /** As a machine that loses its power. */
  kill(): Promise<void>;
}

/** A Redis, the emulator, and as many server processes on them as are started. */
export interface Cluster {
  redis: RedisServer;
  bedrock: BedrockEmulator;
  /** @param holds Its Redis client holds commands until it is connected again. Default: false. */
  start(options?: BedrockOpenAIOptions, holds?: boolean): Promise<ServerProcess>;
  close(): Promise<void>;
}

export async function openCluster(): Promise<Cluster> {
  const [redis, bedrock] = await Promise.all([startRedis(), startBedrockEmulator()]);
  const servers: ServerProcess[] = [];
  return {
    redis,
    bedrock,
    async start(options = {}, holds = false) {
      const shared: BedrockOpenAIOptions = {
        endpoint: bedrock.url,
        region: "us-east-1",
        credentials: EMULATOR_CREDENTIALS,
        retries: 0,
        stateSecret: "the same secret in all of the processes",
        ...options,
      };
      const server = await startProcess({ redis: redis.url, holds, options: shared });
      servers.push(server);
      return server;
    },
    async close() {
      await Promise.all(servers.map((server) => server.kill()));
      await Promise.all([redis.close(), bedrock.close()]);
    },
  };
}

async function startProcess(settings: Settings): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [SERVER, JSON.stringify(settings)], {
    env: { ...WITHOUT_AWS, NODE_NO_WARNINGS: "1" },
  });
  let stdout = "";
  let stderr = "";
  child.stdout!.on("data", (data: Buffer) => void (stdout += data.toString()));
  child.stderr!.on("data", (data: Buffer) => void (stderr += data.toString()));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  while (!stdout.includes("\n")) {
    if (child.exitCode !== null) throw new Error(`A server process did not start:\n${stdout}${stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const url = `http://127.0.0.1:${/port (\d+)/.exec(stdout)?.[1]}/v1`;
  return {
    url,
    openai: (apiKey = "sk-one") => new OpenAI({ apiKey, baseURL: url, maxRetries: 0 }),
    complaints: () => stderr,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
