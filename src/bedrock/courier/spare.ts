import { addAfter, type MiddlewareStack } from "./middleware-stack.ts";
import { retryAfterMs } from "../errors/retry-after.ts";
import type { Codec } from "./codec.ts";
import { mayTryAgain, type Tries } from "../../tries.ts";

/** The SDK waits no longer than this when AWS names a time, and would then come too early. */
const LONGEST_HINT_MS = 5_000;

interface Failure {
  $metadata?: { attempts?: number; clockSkewCorrected?: boolean };
  $response?: { headers?: Record<string, string> };
}

/**
 * Counts the SDK's tries, and ends them where they are used up or AWS wants to be left alone for longer than the SDK would
 * wait. The SDK tries again by what an error looks like; what it is to leave alone is hidden from it in `codec.failed`.
 * @param counted Tries that the SDK is about to learn of, and that are counted.
 */
export function spare(stack: MiddlewareStack, tries: Tries, codec: Codec, counted = 0): void {
  let uncounted = -counted;
  const given = (reason: unknown): never => {
    const failure = (typeof reason === "object" && reason !== null ? reason : {}) as Failure;
    const hint = retryAfterMs(failure.$response?.headers) ?? 0;
    const goesOn = mayTryAgain(tries, hint) || (tries.used === 1 && isFree(failure));
    if (goesOn && hint <= LONGEST_HINT_MS) throw reason;
    codec.failed = { reason };
    failure.$metadata = { ...failure.$metadata, attempts: tries.used };
    throw new Error("AWS is not to be asked again.");
  };
  const count =
    <Args, Answer>(next: (args: Args) => Promise<Answer>) =>
    (args: Args): Promise<Answer> => {
      uncounted += 1;
      if (uncounted > 0) countTry(tries);
      return next(args).catch(given);
    };
  addAfter(stack, "retryMiddleware", "bedrockOpenAICountTries", count);
}

/** AWS is about to be asked. */
export function countTry(tries: Tries): void {
  tries.used += 1;
  tries.answered = false;
}

/**
 * Nothing of AWS's: our clock was wrong, which the SDK has set right. Kept connections that had ended meanwhile are the
 * transport's affair; one that ends later may have been read, and paid for.
 */
const isFree = ({ $metadata }: Failure): boolean => $metadata?.clockSkewCorrected === true;
