import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createKeyv } from "@keyv/redis";
import { bedrockOpenAI } from "../../adapters/node.ts";
import type { BedrockOpenAIOptions } from "../../src/index.ts";

/** What a server process is started with, as JSON in its first argument. */
export interface Settings {
  redis: string;
  /** Its client holds commands until it is connected again, as it does by itself. */
  holds: boolean;
  options: BedrockOpenAIOptions;
}

const { redis, holds, options } = JSON.parse(process.argv[2]!) as Settings;

/** As docs/state.md has it. */
const store = holds
  ? createKeyv(redis)
  : createKeyv({
      url: redis,
      disableOfflineQueue: true,
      socket: { connectTimeout: 5_000, reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, 500) },
    });

const server = createServer(bedrockOpenAI({ ...options, store }));
server.listen(0, "127.0.0.1", () => console.log(`port ${(server.address() as AddressInfo).port}`));
