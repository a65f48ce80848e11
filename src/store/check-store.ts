import type { ResolvedOptions } from "../options.ts";

/** What is wrong with the options that say where and how things are kept. */
export const storeFault = ({
  store,
  storeTtl,
  stateSecret,
}: Pick<ResolvedOptions, "store" | "storeTtl" | "stateSecret">): string | undefined =>
  faultOfStore(store) ?? faultOfTtl(storeTtl) ?? faultOfSecret(stateSecret);

const METHODS = ["get", "set", "delete"] as const;

const NO_STORE = "'store' must have the functions 'get', 'set' and 'delete', or be { maxBytes } or false";

function faultOfStore(store: unknown): string | undefined {
  if (store === undefined || store === false) return undefined;
  if (typeof store === "string")
    return "'store' must be a store, not its URL: `createKeyv(url)` of '@keyv/redis' makes one of Redis's";
  if (!isObject(store)) return NO_STORE;
  if (METHODS.every((name) => typeof store[name] === "function")) return undefined;
  // Half a store would be taken for bounds, and the engine that it stands for never be asked.
  return METHODS.some((name) => name in store) ? NO_STORE : faultOfBounds(store);
}

function faultOfBounds({ maxBytes, ...others }: Record<string, unknown>): string | undefined {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return `'store' has no '${unknown}'; known is maxBytes`;
  return Number.isFinite(maxBytes) && (maxBytes as number) > 0
    ? undefined
    : "'store.maxBytes' must be a positive number";
}

/** Redis takes no part of a millisecond: it would refuse every write. */
const faultOfTtl = (ttl: unknown): string | undefined =>
  Number.isSafeInteger(ttl) && (ttl as number) > 0
    ? undefined
    : "'storeTtl' must be a whole number of milliseconds, 1 or more";

/** What is shorter can be guessed from one sealed text, away from this server. */
const SECRET_CHARS = 32;

const faultOfSecret = (secret: unknown): string | undefined =>
  secret === undefined || (typeof secret === "string" && secret.length >= SECRET_CHARS)
    ? undefined
    : `'stateSecret' must be a text of at least ${SECRET_CHARS} characters`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
