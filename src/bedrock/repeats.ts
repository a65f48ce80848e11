import { ASK, type Askable, askable, type Asker } from "../asked.ts";
import { BedrockOpenAIError } from "../errors.ts";
import { asTried, mayTryAgain, type Tries } from "../tries.ts";
import { retryAfterMs } from "./errors/retry-after.ts";
import { pause } from "./pause.ts";
import { emptyResponse } from "./surfaces/empty-response.ts";
import type { Reply } from "./surfaces/surface.ts";

/** What is being asked, and how often it may be. */
export interface Repeatable {
  tries: Tries;
  signal: AbortSignal;
}

/**
 * Repeats what fails after AWS's 200 and before the first piece of an answer, which the SDK takes for a success. Within the
 * tries of the call: whatever the SDK has repeated counts.
 */
export interface Repeats {
  /** @param isEmpty An answer that is none. It is handed over where AWS gives no other one. */
  whole<T>(asking: Repeatable, call: () => Promise<T>, isEmpty?: (value: T) => boolean): Promise<T>;
  /**
   * A stream that begins with its first piece: what comes before is held back with it, as long as the call has no status.
   * After that a caller sees that AWS has begun, however long the model thinks.
   */
  stream<T>(
    asking: Repeatable,
    announced: Announced<T>,
    open: () => Promise<Reply<AsyncIterable<T[]>>>,
  ): Promise<Reply<AsyncIterable<T[]>>>;
}

/** What stands before the first piece of a stream. */
export interface Announced<T> {
  /** A piece of the answer, and not only its announcement. */
  isSaid(value: T): boolean;
  /** Announcements of two tries are one to the caller: the answer to the first may be the second's. */
  isAlike: boolean;
}

/** As the SDK's own, of a whole answer that was throttled and for all else. */
const THROTTLED_MS = 500;
const FAILED_MS = 100;

/** As the SDK's own: where much fails, not everything is repeated. */
const BUDGET = 500;
const COST = 5;

/** @param most Repetitions of one call. */
export function createRepeats(most: number): Repeats {
  let budget = BUDGET;

  /** Waits for the next try; false where there is none. */
  const again = async (
    { tries, signal }: Repeatable,
    thrown: unknown,
    repeated: number,
  ): Promise<boolean> => {
    if (signal.aborted || !tries.answered || repeated >= most || budget < COST || !isRepeatable(thrown))
      return false;
    const backoff = Math.random() * 2 ** repeated * (thrown.status === 429 ? THROTTLED_MS : FAILED_MS);
    const wait = Math.max(backoff, retryAfterMs(headersOf(thrown)) ?? 0);
    if (!mayTryAgain(tries, wait)) return false;
    budget -= COST;
    await pause(wait, signal);
    return true;
  };

  return {
    async whole(asking, call, isEmpty = () => false) {
      for (let repeated = 0; ; repeated += 1) {
        try {
          const value = await call();
          if (isEmpty(value) && (await again(asking, emptyResponse(""), repeated))) continue;
          budget = Math.min(budget + 1, BUDGET);
          return value;
        } catch (thrown) {
          if (!(await again(asking, thrown, repeated))) throw asTried(thrown, asking.tries);
        }
      }
    },

    async stream<T>(
      asking: Repeatable,
      { isSaid, isAlike }: Announced<T>,
      open: () => Promise<Reply<AsyncIterable<T[]>>>,
    ) {
      let reply = await open();
      let values: Arrivals<T> | undefined = reply.value[Symbol.asyncIterator]();
      let arriving: Promise<IteratorResult<T[], unknown>> | undefined;
      let held: T[] = [];
      let announced = false;
      let repeated = 0;

      /** What comes next; nothing where the caller is to hear of what is held before it comes. */
      const arrival = async (): Promise<IteratorResult<T[], unknown> | void> => {
        arriving ??= values!.next();
        // Whoever asks next meets the rejection; until then it must not count as unhandled.
        arriving.catch(() => undefined);
        const isDue = held.length > 0 && !announced;
        const next = await (isDue ? Promise.race([arriving, asking.tries.committed]) : arriving);
        if (next) arriving = undefined;
        return next;
      };

      const told = (): IteratorResult<T[], undefined> => {
        const value = held;
        held = [];
        return { done: false, value };
      };

      /** What is held back is the beginning of an answer that may not come; another one has a beginning of its own. */
      const begin = async (handOver: (to: Arrivals<T>) => void): Promise<IteratorResult<T[], unknown>> => {
        for (;;) {
          try {
            if (!values) {
              reply = await open();
              values = reply.value[Symbol.asyncIterator]();
            }
            const next = await arrival();
            if (!next) {
              announced = true;
              return told();
            }
            if (!next.done) held.push(...next.value);
            if (!next.done && !next.value.some(isSaid)) continue;
            handOver(values);
            budget = Math.min(budget + 1, BUDGET);
            return held.length === 0 ? { done: true, value: undefined } : told();
          } catch (thrown) {
            const isOver = announced && !isAlike;
            if (isOver || !(await again(asking, thrown, repeated))) throw asTried(thrown, asking.tries);
            repeated += 1;
            values = undefined;
            arriving = undefined;
            held = [];
          }
        }
      };

      const iterator = new HandedOver<T>((handOver) => ({
        next: () => begin(handOver),
        return: async () => (await values?.return?.()) ?? { done: true, value: undefined },
      }));
      return {
        get requestId() {
          return reply.requestId;
        },
        value: { [Symbol.asyncIterator]: () => iterator },
      };
    },
  };
}

type Arrivals<T> = AsyncIterator<T[], unknown, undefined>;

/** What begins is forgotten, with all that another try would have asked, as soon as it hands over to what goes on. */
class HandedOver<T> implements Arrivals<T>, Askable<T[]> {
  #current: Arrivals<T>;
  #hasHandedOver = false;

  constructor(beginning: (handOver: (to: Arrivals<T>) => void) => Arrivals<T>) {
    this.#current = beginning((to) => {
      this.#current = to;
      this.#hasHandedOver = true;
    });
  }

  next(): Promise<IteratorResult<T[], unknown>> {
    return this.#current.next();
  }

  [ASK](asker: Asker<T[]>): Askable<T[]> {
    const isBeginning = !this.#hasHandedOver;
    const next = askable(this.#current)[ASK](asker);
    return isBeginning ? this : next;
  }

  async return(): Promise<IteratorResult<T[], unknown>> {
    return (await this.#current.return?.()) ?? { done: true, value: undefined };
  }
}

const LOST: ReadonlySet<unknown> = new Set(["stream_interrupted", "empty_response"]);

/** Who waited in vain for a whole timeout does not wait for another one. */
const isRepeatable = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) &&
  thrown.code !== "timeout" &&
  (thrown.headers["x-should-retry"] === "true" || LOST.has(thrown.code));

/** Of AWS's own words only: ours are for callers. */
const headersOf = ({ cause }: BedrockOpenAIError): Record<string, string> | undefined =>
  (cause as { $response?: { headers?: Record<string, string> } } | undefined)?.$response?.headers;
