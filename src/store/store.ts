import { BedrockOpenAIError } from "../errors.ts";
import type { ResolvedOptions } from "../options.ts";
import { again } from "./again.ts";
import { createAsk, NoAnswer } from "./bounded.ts";
import type { KeyValueStore } from "./key-value-store.ts";
import { createMemoryStore } from "./memory-store.ts";
import { outspoken } from "./outspoken.ts";

/** The operator's store as the house uses it: its failures are ours, in OpenAI's words. */
export interface Store {
  /** What it all is kept by: the same for all handlers of a process that were given it. */
  readonly engine: object;
  /** @throws BedrockOpenAIError 503 where the store cannot be asked. */
  get(key: string): Promise<string | undefined>;
  /**
   * Until it is kept.
   * @param ttl Milliseconds. Default: `storeTtl`.
   * @throws BedrockOpenAIError 503 where it is not kept, 413 where it is more than the store may hold.
   */
  set(key: string, value: string, ttl?: number): Promise<void>;
  /** @throws BedrockOpenAIError 503 where the store cannot be asked. */
  delete(key: string): Promise<void>;
  /**
   * For who is about to do what costs money and is worth nothing if it is not kept. Asks only where the store failed last.
   * @throws BedrockOpenAIError 503 where it still does.
   */
  ready(): Promise<void>;
}

/**
 * In milliseconds. A connection that is only being made, or made anew, is there by then: clients that do not hold commands refuse
 * all but the first meanwhile.
 */
const AGAIN_AFTER: readonly number[] = [100, 400];

/** Under it there is never anything. */
const PROBE = "bedrock-openai:probe";

/** Undefined where the operator keeps nothing. */
export function createStore({
  store,
  storeTtl,
}: Pick<ResolvedOptions, "store" | "storeTtl">): Store | undefined {
  if (store === false) return undefined;
  const keyValues: KeyValueStore =
    store && "get" in store ? outspoken(store) : createMemoryStore(store ?? { maxBytes: 64 * 1024 * 1024 });
  const inTime = createAsk();
  let failedLast = false;
  const ask = async <T>(what: () => Promise<T>): Promise<T> => {
    // Of a store that is away for longer nobody waits for another try.
    const once = (): Promise<T> => inTime(what);
    try {
      const answer = await (failedLast ? once() : again(once, isWorthAnother, AGAIN_AFTER));
      failedLast = false;
      return answer;
    } catch (thrown) {
      if (BedrockOpenAIError.isInstance(thrown)) throw thrown;
      failedLast = true;
      throw unavailable(thrown);
    }
  };
  return {
    engine: store && "get" in store ? store : keyValues,
    get: (key) => ask(async () => textOf(await keyValues.get(key))),
    set: (key, value, ttl = storeTtl) =>
      ask(async () => {
        // Keyv's way of saying that it went wrong.
        if ((await keyValues.set(key, value, ttl)) === false) throw new Error("The store did not take it.");
      }),
    delete: (key) => ask(async () => void (await keyValues.delete(key))),
    async ready() {
      if (failedLast) await ask(() => keyValues.get(PROBE));
    },
  };
}

const isWorthAnother = (thrown: unknown): boolean =>
  !(thrown instanceof NoAnswer) && !BedrockOpenAIError.isInstance(thrown);

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new TypeError("The store gives another kind of value than the text that it was given.");
}

const unavailable = (cause: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(
    503,
    "The server cannot reach what it keeps responses and conversations in. Please try again.",
    { type: "server_error", code: "service_unavailable", cause },
  );
