import { BedrockOpenAIError } from "./errors.ts";

/** How long a call may be tried for. */
export interface Patience {
  /** How often AWS may be asked for one answer. */
  tries: number;
  /** No other target is left that could be asked instead. */
  isLast: boolean;
}

/** How often AWS is asked for one answer, whoever repeats the call: the SDK, or we where the SDK has seen a success. */
export interface Tries {
  allowed: number;
  /** So many times it has been asked. */
  used: number;
  /** The last time it answered with a 200; what fails after that the SDK knows nothing of. */
  answered: boolean;
  /** Of `performance.now()`: when it failed first. */
  failedAt: number | undefined;
  /** A model that is still starting is waited for. */
  readonly waits: boolean;
  /** Nobody else can be asked any more: the answer has a status. */
  commit(): void;
  /** Resolves when that is so. */
  readonly committed: Promise<void>;
}

/** All the waiting between tries, in milliseconds. Source: the longest wait of the SDK's own. */
const LONGEST_MS = 20_000;

/** Where another target can be asked, this one is asked once. */
export const createTries = (patience: Patience): Tries => new Counted(patience);

class Counted implements Tries {
  allowed: number;
  used = 0;
  answered = false;
  failedAt: number | undefined = undefined;
  readonly waits: boolean;
  readonly #tries: number;
  #isCommitted = false;
  /** Made for who waits for it: of a whole answer nobody does. */
  #committed: Promise<void> | undefined;
  #settle: (() => void) | undefined;

  constructor({ tries, isLast }: Patience) {
    this.allowed = isLast ? tries : 1;
    this.waits = isLast;
    this.#tries = tries;
  }

  get committed(): Promise<void> {
    this.#committed ??= this.#isCommitted
      ? Promise.resolve()
      : new Promise((resolve) => (this.#settle = resolve));
    return this.#committed;
  }

  commit(): void {
    this.allowed = this.#tries;
    this.#isCommitted = true;
    this.#settle?.();
  }
}

/** Whether, after a failure, AWS may be asked again in so many milliseconds. */
export function mayTryAgain(tries: Tries, wait: number): boolean {
  const now = performance.now();
  tries.failedAt ??= now;
  return tries.used < tries.allowed && now - tries.failedAt + wait <= LONGEST_MS;
}

/** A failure as a caller hears of it: where we were patient, a client that repeated the call as well would multiply the tries. */
export function asTried(thrown: unknown, { used }: Pick<Tries, "used">): unknown {
  if (!BedrockOpenAIError.isInstance(thrown) || used < 2) return thrown;
  const { status, message, type, code, param, headers, cause } = thrown;
  return new BedrockOpenAIError(status, message, {
    type,
    code,
    param,
    cause,
    headers: { ...headers, "x-should-retry": "false" },
  });
}
