import type { CallContext } from "../context.ts";
import { type Bucket, fullBucket, refill, spend, wait } from "./bucket.ts";
import type { CallerLimits } from "./caller.ts";
import { rateLimited, toDuration } from "./rate-limited.ts";

type Limited = Pick<CallContext, "caller" | "headers" | "record" | "atEnd">;

/** What callers of one id have left. */
interface Ledger {
  running: number;
  requests?: Bucket;
  tokens?: Bucket;
}

/** Callers that are remembered; those that called longest ago are forgotten, and not while they are answered. */
const MAX_LEDGERS = 10_000;

/** So many tokens must be left for a call: what it will cost, nobody knows before it is over. */
const SOME = 1;

/**
 * Holds callers to their `limits`: nothing is taken of a call that is refused.
 * @throws BedrockOpenAIError 429 with `retry-after`.
 */
export function createLimits(now = (): number => performance.now()): (context: Limited) => void {
  const ledgers = new Map<string, Ledger>();

  const ledgerOf = (id: string): Ledger => {
    const ledger = ledgers.get(id) ?? { running: 0 };
    // At the end stands who called last.
    ledgers.delete(id);
    ledgers.set(id, ledger);
    if (ledgers.size > MAX_LEDGERS) forgetOne(ledgers);
    return ledger;
  };

  return (context) => {
    const { id, limits } = context.caller;
    if (id === undefined || !limits) return;
    const ledger = ledgerOf(id);
    bringUpToDate(ledger, limits, now());
    const fault = refusal(ledger, limits);
    if (!fault) take(ledger, limits, context, now);
    // Also with a refusal, and after what was taken.
    Object.assign(context.headers, told(ledger, limits));
    if (fault) throw fault;
  };
}

function forgetOne(ledgers: Map<string, Ledger>): void {
  for (const [id, { running }] of ledgers)
    if (running === 0) {
      ledgers.delete(id);
      return;
    }
}

function bringUpToDate(ledger: Ledger, limits: CallerLimits, now: number): void {
  const { requestsPerMinute: requests, tokensPerMinute: tokens } = limits;
  if (requests !== undefined) refill((ledger.requests ??= fullBucket(requests, now)), requests, now);
  if (tokens !== undefined) refill((ledger.tokens ??= fullBucket(tokens, now)), tokens, now);
}

/** How long until one of them ends nobody knows. */
const AGAIN_MS = 1_000;

function refusal(ledger: Ledger, limits: CallerLimits): Error | undefined {
  const { concurrency = Number.POSITIVE_INFINITY, requestsPerMinute: rpm, tokensPerMinute: tpm } = limits;
  if (ledger.running >= concurrency)
    return rateLimited(`Rate limit reached for calls at the same time: Limit ${concurrency}.`, AGAIN_MS);
  const forRequests = rpm === undefined ? 0 : wait(ledger.requests!, 1, rpm);
  const forTokens = tpm === undefined ? 0 : wait(ledger.tokens!, SOME, tpm);
  if (forRequests === 0 && forTokens === 0) return undefined;
  return forRequests >= forTokens
    ? rateLimited(`Rate limit reached on requests per min (RPM): Limit ${rpm}.`, forRequests)
    : rateLimited(`Rate limit reached on tokens per min (TPM): Limit ${tpm}.`, forTokens);
}

function take(
  ledger: Ledger,
  { requestsPerMinute, tokensPerMinute }: CallerLimits,
  { record, atEnd }: Limited,
  now: () => number,
): void {
  if (requestsPerMinute !== undefined) spend(ledger.requests!, 1, requestsPerMinute);
  ledger.running += 1;
  atEnd(() => {
    ledger.running -= 1;
    if (tokensPerMinute === undefined || !record.tokens) return;
    refill(ledger.tokens!, tokensPerMinute, now());
    spend(ledger.tokens!, record.tokens.input + record.tokens.output, tokensPerMinute);
  });
}

/** Source: OpenAI's rate limit headers. */
const told = (
  ledger: Ledger,
  { requestsPerMinute, tokensPerMinute }: CallerLimits,
): Record<string, string> => ({
  ...(requestsPerMinute !== undefined && toldOf("requests", ledger.requests!, requestsPerMinute)),
  ...(tokensPerMinute !== undefined && toldOf("tokens", ledger.tokens!, tokensPerMinute)),
});

const toldOf = (what: string, bucket: Bucket, perMinute: number): Record<string, string> => ({
  [`x-ratelimit-limit-${what}`]: String(perMinute),
  [`x-ratelimit-remaining-${what}`]: String(Math.max(0, Math.floor(bucket.level))),
  [`x-ratelimit-reset-${what}`]: toDuration(wait(bucket, perMinute, perMinute)),
});
