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
   * A stream that begins with its first piece: what comes before is held back with it.
   * @param isSaid A piece of the answer, and not only its beginning.
   */
  stream<T>(
    asking: Repeatable,
    isSaid: (value: T) => boolean,
    open: () => Promise<Reply<AsyncIterable<T[]>>>,
  ): Promise<Reply<AsyncIterable<T[]>>>;
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
      isSaid: (value: T) => boolean,
      open: () => Promise<Reply<AsyncIterable<T[]>>>,
    ) {
      let reply = await open();
      let values = reply.value[Symbol.asyncIterator]();
      let begun = false;

      /** What is held back is the beginning of an answer that may not come; another one has a beginning of its own. */
      const begin = async (): Promise<IteratorResult<T[], undefined>> => {
        for (let repeated = 0; ; repeated += 1) {
          try {
            if (repeated > 0) {
              reply = await open();
              values = reply.value[Symbol.asyncIterator]();
            }
            const held: T[] = [];
            for (;;) {
              const { done, value } = (await values.next()) as IteratorResult<T[], undefined>;
              if (!done) held.push(...value);
              if (!done && !value.some(isSaid)) continue;
              begun = true;
              budget = Math.min(budget + 1, BUDGET);
              return done && held.length === 0
                ? { done: true, value: undefined }
                : { done: false, value: held };
            }
          } catch (thrown) {
            if (!(await again(asking, thrown, repeated))) throw asTried(thrown, asking.tries);
          }
        }
      };

      const iterator: AsyncIterator<T[], unknown, undefined> = {
        next: () => (begun ? values.next() : begin()),
        return: async () => (await values.return?.()) ?? { done: true, value: undefined },
      };
      return {
        get requestId() {
          return reply.requestId;
        },
        value: { [Symbol.asyncIterator]: () => iterator },
      };
    },
  };
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
