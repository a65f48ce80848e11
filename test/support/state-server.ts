import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createKeyv } from "@keyv/redis";
import { bedrockOpenAI } from "../../adapters/node.ts";
import type { BedrockOpenAIOptions } from "../../src/index.ts";

/** One server process of several that share what they keep: `node test/support/state-server.ts '{"redis":…,"options":{…}}'`. */
const { redis, options } = JSON.parse(process.argv[2]!) as { redis: string; options: BedrockOpenAIOptions };

const server = createServer(bedrockOpenAI({ ...options, store: createKeyv(redis) }));
server.listen(0, "127.0.0.1", () => console.log(`port ${(server.address() as AddressInfo).port}`));
