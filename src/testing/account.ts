import type { KeyPair } from "./auth/credentials.ts";
import type { OpenRecord } from "./recorded-request.ts";
import { AwsError } from "./aws-error.ts";
import type { Reply } from "./reply.ts";

/** An error that the next calls of an operation get. */
export interface Refusal {
  error: { name: string; message: string };
  times: number;
}

/** What the emulator remembers between two requests. */
export class Account {
  readonly requests: OpenRecord[] = [];
  readonly queue: Reply[] = [];
  /** Hashes of prompt prefixes that have been written to the prompt cache. */
  readonly cachedPrefixes = new Set<string>();
  /** How often a sleeping imported model has been called. */
  readonly coldCalls = new Map<string, number>();
  /** Items of OpenAI's Responses, by the id of the response that ended with them. */
  readonly responses = new Map<string, unknown[]>();
  /** Operations that are to fail, by name. */
  readonly refusals = new Map<string, Refusal>();
  readonly region: string;
  readonly tokenDelayMs: number;
  /** The only access key that it takes; undefined where every one of the right shape will do. */
  readonly credentials: KeyPair | undefined;
  #served = 0;

  constructor(region: string, tokenDelayMs: number, credentials?: KeyPair) {
    this.region = region;
    this.tokenDelayMs = tokenDelayMs;
    this.credentials = credentials;
  }

  /** A uuid-shaped id: the number of the request. */
  nextRequestId(): string {
    this.#served += 1;
    return `00000000-0000-4000-8000-${this.#served.toString(16).padStart(12, "0")}`;
  }

  /** Throws the error that a test has asked for, as often as it asked. */
  refuseIfTold(operation: string): void {
    const refusal = this.refusals.get(operation);
    if (!refusal) return;
    const { error, times } = refusal;
    if (times > 1) this.refusals.set(operation, { error, times: times - 1 });
    else this.refusals.delete(operation);
    throw new AwsError(error.name, error.message);
  }

  reset(): void {
    this.requests.length = 0;
    this.queue.length = 0;
    this.cachedPrefixes.clear();
    this.refusals.clear();
    this.responses.clear();
    this.coldCalls.clear();
  }
}
