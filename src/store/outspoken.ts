import type { KeyValueStore } from "./key-value-store.ts";

/** What a store has emitted as `error`. */
interface Heard {
  failures: number;
  last: unknown;
}

const heardOf = new WeakMap<object, Heard>();

/**
 * A store that tells its failures to who asks it. Keyv and @keyv/redis keep them to themselves: a `get` without a connection says
 * that there is nothing. Version 5 throws where it is told to (`throwOnErrors`); version 6 only emits them. Source: keyv 5 and 6
 * and @keyv/redis 5, "error handling".
 */
export function outspoken(store: KeyValueStore): KeyValueStore {
  for (const each of layersOf(store)) if (keepsQuiet(each)) each.throwOnErrors = true;
  if (!isEmitter(store)) return store;
  const heard = heardOf.get(store) ?? listen(store);
  /** Nothing, while a failure was emitted: it may be another call's, and then this one knows no better. */
  const told = async (ask: () => Promise<unknown>): Promise<unknown> => {
    const before = heard.failures;
    const found = await ask();
    if (!found && heard.failures > before) throw heard.last;
    return found;
  };
  return {
    get: (key) => told(() => store.get(key)),
    set: (key, value, ttl) => store.set(key, value, ttl),
    delete: (key) => told(() => store.delete(key)),
  };
}

/** What is an EventEmitter also ends the process where nobody listens to what goes wrong between two calls. */
function listen(store: Emitter): Heard {
  const heard: Heard = { failures: 0, last: undefined };
  heardOf.set(store, heard);
  store.on("error", (error) => {
    heard.failures += 1;
    heard.last = error;
  });
  return heard;
}

/** A Keyv stands on its adapter, version 6 on a bridge to it. */
const MAX_LAYERS = 3;

function layersOf(store: object, most = MAX_LAYERS): object[] {
  const under = "store" in store ? store.store : undefined;
  const goesOn = most > 1 && typeof under === "object" && under !== null;
  return [store, ...(goesOn ? layersOf(under, most - 1) : [])];
}

const keepsQuiet = (layer: object): layer is { throwOnErrors: boolean } =>
  "throwOnErrors" in layer && layer.throwOnErrors === false;

interface Emitter {
  on(event: "error", listener: (error: unknown) => void): unknown;
}

const isEmitter = (value: object): value is Emitter => "on" in value && typeof value.on === "function";
