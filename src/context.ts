import type { Adjustment } from "./adjustments.ts";
import type { Bedrock } from "./bedrock/bedrock.ts";
import type { ModelEntry } from "./bedrock/models/aliases.ts";
import type { Patience } from "./tries.ts";
import type { ReasoningMemory } from "./conversation/reasoning/memory.ts";
import type { FetchedMedia } from "./media/fetch-media.ts";
import type { BedrockOpenAIError } from "./errors.ts";
import { asksToExplain } from "./explain-header.ts";
import type { Caller } from "./gate/caller.ts";
import { apiKeyOf } from "./http/api-key.ts";
import type { Logger, ResolvedOptions } from "./options.ts";
import type { Observe } from "./record/observe.ts";
import type { Seal } from "./store/seal.ts";
import type { Store } from "./store/store.ts";
import { type CallRecord, createRecord } from "./record/record.ts";

/** A failure as the answer to a request. */
export type TellFailure = (error: BedrockOpenAIError, requestId: string) => Response;

/** What all calls of one handler share. */
export interface Services {
  readonly bedrock: Bedrock;
  /** What was thought before tools were called, for clients that forget it. */
  readonly memory: ReasoningMemory;
  readonly observe: Observe;
  /** What is kept for callers; undefined where the operator keeps nothing. */
  readonly store: Store | undefined;
  /** What callers carry themselves. */
  readonly seal: Seal;
  /** Downloads what the URLs name; each with the parameter that it stands in. */
  fetchMedia(urls: ReadonlyMap<string, string>, signal: AbortSignal): Promise<Map<string, FetchedMedia>>;
}

/** What a call carries through the house. Ids and time come from here, so that translators stay pure. */
export interface CallContext extends Services {
  /** Until `letGo`, and not in an attempt. */
  readonly request: Request;
  readonly requestId: string;
  readonly options: ResolvedOptions;
  readonly log: Logger;
  /** Fires when the caller leaves, by its own signal or by cancelling the answer. */
  readonly signal: AbortSignal;
  /** The caller asked what would be sent, not to send it. */
  readonly explain: boolean;
  /** Headers of the answer. */
  readonly headers: Record<string, string>;
  readonly adjustments: Adjustment[];
  /** Who calls, as `authorize` knows it. */
  caller: Caller;
  /** The key that the caller sent: whose something is must be known as long as the call lasts. */
  readonly apiKey: string | undefined;
  /** What the request says of who calls AWS for it, where the operator lets it. */
  lent: ModelEntry | undefined;
  readonly record: CallRecord;
  /** The call is not over with its answer: its work goes on, and ends it with `release`. */
  goesOn: boolean;
  /** How failures are told: in OpenAI's words, or those of the wire that the request came by. */
  words: TellFailure;
  /** How long each of the call's answers is tried for. */
  readonly patience: Patience;
  /** Unix seconds. */
  now(): number;
  newId(prefix: string): string;
  /** The caller left. */
  abort(reason: unknown): void;
  /** From now on the caller may leave, and the work goes on. */
  detach(): void;
  /** Runs when the call is over, also where it failed or its caller left. */
  atEnd(run: () => void): void;
  /** Nobody reads the request any more; an answer that goes on for long is not to keep it. */
  letGo(): void;
  /** The call is over: whoever watches it is told, and the caller's signal, which may outlive it, is no longer followed. */
  release(): void;
}

let none: Request | undefined;

/** What stands for a request where there is none, or none any more. Made late: a process's first loads Node's `fetch`. */
export const noRequest = (): Request => (none ??= new Request("http://bedrock/"));

const newId = (prefix: string): string => `${prefix}${crypto.randomUUID().replaceAll("-", "")}`;

const now = (): number => Math.floor(Date.now() / 1000);

const inOwnWords: TellFailure = (error) => error.toResponse();

/** A client that repeats a call itself does it instead of us: together it would be all of our tries for each of its own. */
function triesFor(headers: Headers | undefined, { client, retries }: ResolvedOptions): number {
  if (/^0*[1-9]/.test(headers?.get("x-stainless-retry-count") ?? "")) return 1;
  // How often a client of the user's repeats is its affair.
  return client ? Number.POSITIVE_INFINITY : retries + 1;
}

/**
 * @param request None where the call is made in this process.
 * @param caller Fires when the caller leaves.
 */
export const createContext = (
  request: Request | undefined,
  options: ResolvedOptions,
  services: Services,
  caller: AbortSignal | undefined,
): CallContext => new Call(request, options, services, caller);

/** A class, since one is made for every call: an object that the services are copied into takes thrice the memory. */
class Call implements CallContext {
  request!: Request;
  readonly requestId = newId("req_");
  readonly options: ResolvedOptions;
  readonly bedrock: Bedrock;
  readonly memory: ReasoningMemory;
  readonly observe: Observe;
  readonly store: Store | undefined;
  readonly seal: Seal;
  readonly fetchMedia: Services["fetchMedia"];
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly explain: boolean;
  readonly headers: Record<string, string> = {};
  readonly adjustments: Adjustment[] = [];
  caller: Caller = {};
  readonly apiKey: string | undefined;
  lent: ModelEntry | undefined = undefined;
  readonly record = createRecord();
  goesOn = false;
  words = inOwnWords;
  readonly patience: Patience;
  readonly now = now;
  readonly newId = newId;
  #ends: (() => void)[] | undefined = [];

  constructor(
    request: Request | undefined,
    options: ResolvedOptions,
    services: Services,
    caller: AbortSignal | undefined,
  ) {
    const controller = new AbortController();
    const headers = request?.headers;
    if (request) this.request = request;
    else Object.defineProperty(this, "request", { get: noRequest, enumerable: true });
    this.options = options;
    this.bedrock = services.bedrock;
    this.memory = services.memory;
    this.observe = services.observe;
    this.store = services.store;
    this.seal = services.seal;
    this.fetchMedia = services.fetchMedia;
    this.log = options.logger;
    this.signal = controller.signal;
    this.explain = headers !== undefined && asksToExplain(headers);
    this.apiKey = headers && apiKeyOf(headers);
    this.patience = { tries: triesFor(headers, options), isLast: true };
    this.abort = (reason) => controller.abort(reason);
    const follow = (): void => controller.abort(caller?.reason);
    this.detach = () => caller?.removeEventListener("abort", follow);
    if (caller?.aborted) follow();
    else caller?.addEventListener("abort", follow, { once: true });
  }

  // Own functions, not methods: they are handed around, and an attempt has them too.
  readonly abort: CallContext["abort"];
  readonly detach: CallContext["detach"];
  readonly atEnd = (run: () => void): void => void this.#ends?.push(run);

  readonly letGo = (): void => {
    this.request = noRequest();
  };

  readonly release = (): void => {
    this.detach();
    const all = this.#ends;
    this.#ends = undefined;
    if (!all) return;
    for (const end of all) end();
    this.observe.over(this);
  };
}
