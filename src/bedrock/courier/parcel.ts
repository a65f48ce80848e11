import type { Account } from "../clients/account.ts";
import type { Tries } from "../../tries.ts";

export type Operation =
  | "Converse"
  | "ConverseStream"
  | "InvokeModel"
  | "InvokeModelWithResponseStream"
  | "CountTokens";

export interface Parcel {
  operation: Operation;
  modelId: string;
  /** Default: the Region of the options or the environment. */
  region?: string | undefined;
  /** By whose access. Default: that of the options. */
  account?: Account | undefined;
  /** JSON, sent byte for byte. */
  body?: Uint8Array | undefined;
  /** Added before signing. */
  headers?: Readonly<Record<string, string>>;
  /** Where it goes instead, for what the SDK has no operation for; it travels as `operation` does. */
  to?: Destination;
  /** How often AWS may be asked. Default: as often as the client does. */
  tries?: Tries | undefined;
  signal: AbortSignal;
}

export interface Destination {
  host: "runtime" | "agentRuntime" | "mantle";
  method: string;
  /** As it stands on the request line: encoded, without a query. */
  path: string;
  query?: Record<string, string | string[]>;
  /** Refusals are handed over too, and nothing is tried again: whoever asked will. Otherwise they throw. */
  anyStatus?: boolean;
}

/** What AWS answered: its request id, and a body that is read once. */
export interface Delivery {
  requestId: string | undefined;
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
  /** Nobody else has the memory of its pieces. */
  isUnshared?: boolean | undefined;
  /** Set instead of the body when a test double answered for the SDK's transport. */
  output: unknown;
}
