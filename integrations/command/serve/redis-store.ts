import type * as KeyvRedis from "@keyv/redis";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { CommandFailure } from "../terminal.ts";

/** A Redis that keeps what the server keeps, for all servers that name it. */
export interface RedisStore {
  store: NonNullable<BedrockOpenAIOptions["store"]>;
  close(): void;
}

/** In milliseconds. Whoever waits longer for Redis waits in vain. */
const CONNECT_TIMEOUT = 5000;

/**
 * Undefined where nobody asked for it. It is connected by the first who keeps or reads something, and again whenever it was lost.
 * @throws CommandFailure for what is no URL, or where the optional package `@keyv/redis` is not installed.
 */
export async function openRedis(url: string | undefined, load?: Load): Promise<RedisStore | undefined> {
  if (url === undefined) return undefined;
  // What is wrong with it holds a password, perhaps.
  if (!URL.canParse(url)) throw new CommandFailure("'store' in the configuration file is not a URL.");
  const { createClient, createKeyv } = await loadRedis(load);
  const client = createClient({
    url,
    // Without a connection a command fails at once, and is not kept for later: its caller was told that it failed.
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_TIMEOUT, reconnectStrategy: backOff },
  });
  const store = createKeyv(client as KeyvRedis.RedisClientType, {
    throwOnErrors: true,
    connectionTimeout: CONNECT_TIMEOUT,
  });
  // Each is thrown as well, and told to the caller whom it concerns.
  store.on("error", () => undefined);
  return {
    store,
    // Nobody waits for an answer any more, and a Redis that hangs would not let this process end.
    close: () => {
      if (client.isOpen) client.destroy();
    },
  };
}

const backOff = (attempts: number): number => Math.min(100 * 2 ** attempts, 2000);

type Load = () => Promise<Pick<typeof KeyvRedis, "createClient" | "createKeyv">>;

async function loadRedis(load?: Load): ReturnType<Load> {
  try {
    return load ? await load() : await import("@keyv/redis");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CommandFailure("Redis needs the package '@keyv/redis': install it beside bedrock-openai.");
  }
}
