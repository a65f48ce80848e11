import { areKeys } from "../check-options.ts";
import { BedrockOpenAIError } from "../errors.ts";
import type { Logger } from "../options.ts";
import { digest, type Digests, digestsOf, isAmong } from "./digests.ts";

/** Whether a key is one of the operator's. @throws BedrockOpenAIError 503 where nobody knows. */
export type IsKnown = (key: string) => Promise<boolean>;

type Ask = () => readonly string[] | Promise<readonly string[]>;

/** How long a list counts, and with it a key that was taken back. */
const KEPT_MS = 5 * 60_000;

/** Whoever sends wrong keys, or a store that is down, has it asked so often and no oftener. */
const PAUSE_MS = 5_000;

/** A store that does not answer has not answered. */
const PATIENCE_MS = 10_000;

/** As long as a new list is waited for where there is an old one. */
const PATIENCE_BESIDE_OLD_MS = 1_000;

/**
 * Keys that are asked for where they are kept: when a list is five minutes old, and at once when a key is on none, since it may
 * be a new one. One question at a time. While the store fails the last list counts.
 */
export function askedKeys(ask: Ask, logger: Pick<Logger, "warn">): IsKnown {
  let list: { keys: Digests; since: number } | undefined;
  let asking: Promise<void> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;

  const load = async (): Promise<void> => {
    try {
      const keys = await within(PATIENCE_MS, Promise.resolve().then(ask));
      list = { keys: await digestsOf(checked(keys)), since: performance.now() };
      failure = undefined;
    } catch (thrown) {
      failure = withoutKeys(thrown);
      if (list)
        logger.warn("bedrock-openai: apiKeys() failed; the keys of before still count.", { cause: failure });
    } finally {
      asking = undefined;
    }
  };

  /** Never rejects. */
  const askAnew = async (): Promise<void> => {
    if (!asking && performance.now() - askedAt < PAUSE_MS) return;
    if (!asking) {
      askedAt = performance.now();
      asking = load();
    }
    await (list ? within(PATIENCE_BESIDE_OLD_MS, asking).catch(() => undefined) : asking);
  };

  return async (key) => {
    const asked = await digest(key);
    if (!list || performance.now() - list.since >= KEPT_MS) await askAnew();
    else if (!isAmong(list.keys, asked)) await askAnew();
    if (!list) throw notKnown(failure);
    return isAmong(list.keys, asked);
  };
}

function checked(keys: unknown): readonly string[] {
  if (areKeys(keys)) return keys;
  throw new TypeError(
    "apiKeys() must give a list of keys, at least one, none of them empty, of ASCII without spaces as a header holds them.",
  );
}

/** A parser quotes what it could not read, and that is the keys. */
const withoutKeys = (thrown: unknown): unknown =>
  thrown instanceof SyntaxError
    ? new Error("apiKeys() read what is not in the form that it expects.")
    : thrown;

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer for ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const notKnown = (cause: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(503, "The server cannot tell right now who may call. Please try again in 5s.", {
    type: "server_error",
    code: "service_unavailable",
    headers: { "retry-after": "5" },
    cause,
  });
