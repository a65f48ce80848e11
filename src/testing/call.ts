import type { Account } from "./account.ts";
import type { Pacing } from "./reply.ts";
import type { Outcome } from "./wire/deliver.ts";

/** One request, read and authorized, on its way to an operation. */
export interface Call {
  account: Account;
  /** Decoded; empty where the path has none. */
  modelId: string;
  query: Record<string, string>;
  body: unknown;
}

/** What an operation makes of a call. */
export interface Answer {
  outcome: Outcome;
  pacing?: Pacing;
}
