import { BedrockOpenAIError } from "../errors.ts";
import type { KeyValueStore, MemoryBounds } from "./key-value-store.ts";

interface Entry {
  value: Uint8Array;
  until: number;
}

/** What a key costs beside its own characters and its text: an entry of a Map, a number and a view of bytes. */
const ENTRY_BYTES = 256;

/** Keeps texts in this process, within bounds, as bytes: the strings would take up to twice their room. */
export function createMemoryStore({ maxBytes }: MemoryBounds): KeyValueStore {
  const kept = new Map<string, Entry>();
  let bytes = 0;
  const forget = (key: string): boolean => {
    const found = kept.get(key);
    if (found) bytes -= sizeOf(key, found);
    return kept.delete(key);
  };
  // Goes on where it was: from the beginning it would walk over all that was forgotten since the Map was last put in order.
  let passing = kept.keys();
  const oldest = (): string => {
    const { done, value } = passing.next();
    if (!done) return value;
    passing = kept.keys();
    return passing.next().value!;
  };
  return {
    async get(key) {
      const found = kept.get(key);
      if (!found) return undefined;
      // What is read is what others stand on: it goes to the end of those that are forgotten.
      kept.delete(key);
      if (found.until > Date.now()) {
        kept.set(key, found);
        return new TextDecoder().decode(found.value);
      }
      bytes -= sizeOf(key, found);
      return undefined;
    },
    async set(key, value, ttl = Number.POSITIVE_INFINITY) {
      const entry = { value: new TextEncoder().encode(value), until: Date.now() + ttl };
      const size = sizeOf(key, entry);
      // Everything else would be forgotten for it, and then it as well.
      if (size > maxBytes) throw tooLarge(size, maxBytes);
      forget(key);
      kept.set(key, entry);
      bytes += size;
      while (bytes > maxBytes) forget(oldest());
    },
    async delete(key) {
      return forget(key);
    },
  };
}

/** In UTF-16, as keys lie in memory. */
const sizeOf = (key: string, { value }: Entry): number => ENTRY_BYTES + 2 * key.length + value.length;

const tooLarge = (size: number, maxBytes: number): BedrockOpenAIError =>
  new BedrockOpenAIError(
    413,
    `This is too large to be kept: ${size} bytes, where the server's memory for what is kept holds ${maxBytes}. ` +
      "Send `store: false`, or ask the operator for a larger `store`.",
    { type: "invalid_request_error", code: "request_too_large", param: "store" },
  );
