import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { subjectEnvironment, SUBJECT_NODE } from "../child.ts";
import { pinned } from "../cores.ts";
import { access } from "../systems/access.ts";
import type { Gateway } from "./gateway.ts";

const PROGRAM = join(import.meta.dirname, "../node_modules/@portkey-ai/gateway/build/start-server.js");
const TRIES = 100;

/** Portkey's gateway with its Bedrock provider, pointed at the load server by its own header for that. */
export async function startPortkey(endpoint: string, model: string): Promise<Gateway> {
  const port = await freePort();
  const [command = "", ...rest] = pinned([SUBJECT_NODE, PROGRAM, "--headless", `--port=${port}`], "subject");
  const child = spawn(command, rest, {
    stdio: "ignore",
    env: { ...subjectEnvironment(), NODE_ENV: "production" },
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tried = 0; !(await answers(url)); tried += 1) {
    if (tried === TRIES || child.exitCode !== null) throw new Error("Portkey's gateway does not start.");
    await sleep(100);
  }
  const { region, credentials } = access(endpoint);
  const headers = {
    "x-portkey-provider": "bedrock",
    "x-portkey-custom-host": endpoint,
    "x-portkey-aws-region": region,
    "x-portkey-aws-access-key-id": credentials.accessKeyId,
    "x-portkey-aws-secret-access-key": credentials.secretAccessKey,
  };
  return { url: `${url}/v1`, model, headers, pid: child.pid, stop: () => void child.kill() };
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).text();
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
