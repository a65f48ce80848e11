import type { OpenRecord } from "./recorded-request.ts";
import type { Reply } from "./reply.ts";

/** What the emulator remembers between two requests. */
export class Account {
  readonly requests: OpenRecord[] = [];
  readonly queue: Reply[] = [];
  /** Hashes of prompt prefixes that have been written to the prompt cache. */
  readonly cachedPrefixes = new Set<string>();
  readonly region: string;
  readonly tokenDelayMs: number;
  #served = 0;

  constructor(region: string, tokenDelayMs: number) {
    this.region = region;
    this.tokenDelayMs = tokenDelayMs;
  }

  /** A uuid-shaped id: the number of the request. */
  nextRequestId(): string {
    this.#served += 1;
    return `00000000-0000-4000-8000-${this.#served.toString(16).padStart(12, "0")}`;
  }

  reset(): void {
    this.requests.length = 0;
    this.queue.length = 0;
    this.cachedPrefixes.clear();
  }
}
