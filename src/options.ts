import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ModelEntry } from "./bedrock/models/aliases.ts";
import { checkEntries } from "./bedrock/models/check-entries.ts";
import { isRegion } from "./bedrock/models/region.ts";
import { checkDefaults } from "./check-defaults.ts";
import type { Traits } from "./conversation/traits.ts";
import type { MediaOptions } from "./media/fetch-media.ts";

/** Every option of the handler. All are optional: a bare call works from the ambient AWS environment. */
export interface BedrockOpenAIOptions {
  /** AWS Region. Default: `AWS_REGION`, then `AWS_DEFAULT_REGION`, then the profile's. */
  region?: string;
  /** AWS credentials or a provider of them. Default: the AWS SDK's whole chain (environment, SSO, roles, …). */
  credentials?: NonNullable<BedrockRuntimeClientConfig["credentials"]>;
  /** A profile of the shared AWS configuration files. Default: `AWS_PROFILE`. */
  profile?: string;
  /** A Bedrock API key, sent as a bearer token instead of signing. Default: `AWS_BEARER_TOKEN_BEDROCK`. */
  apiKey?: string;
  /** A URL for all Bedrock hosts, or one for each. Default: AWS's endpoints of the Region. */
  endpoint?: string | { runtime?: string; control?: string; agentRuntime?: string; mantle?: string };
  /** Extra headers on every AWS call, added before signing. */
  headers?: Record<string, string>;
  /**
   * A client of your own; its whole configuration and middleware are honoured, and `region`, `credentials`,
   * `profile`, `apiKey`, `headers`, `retries` and `endpoint` are then its affair. The SDK's default
   * HTTP/2 handler opens a connection for each request; a keep-alive `NodeHttpHandler` costs far less.
   */
  client?: BedrockRuntimeClient;
  /**
   * Names of your own for models, and what is to be known of them: `{ 'gpt-*': 'us.amazon.nova-pro-v1:0' }`. A name comes
   * before patterns, of patterns the first that matches; `*` stands for any characters, whatever their case.
   */
  models?: Record<string, string | ModelEntry>;
  /**
   * What models can do, where you know better than the built-in table: by model id without geo prefix, `*` for any
   * characters, the first that matches wins. `{ 'acme.*': { tools: false } }`.
   */
  traits?: Record<string, Partial<Traits>>;
  /**
   * For parameters that a model or Bedrock does not take: `adjust` does what is closest and says so in
   * `x-bedrock-adjustments`; `reject` answers 400 `unsupported_parameter`. Default: `adjust`.
   */
  unsupported?: "adjust" | "reject";
  /**
   * What is put into Bedrock's prompt cache: `explicit` only what requests mark (`cache_control`,
   * `prompt_cache_breakpoint`); `auto` also tools, system prompt and the last user message of every request, where the
   * model caches. Writing to the cache costs more than not caching, reading far less. Default: `explicit`.
   */
  promptCache?: "auto" | "explicit";
  /** Whether and how http(s) media in messages is downloaded. Default: from public addresses only. */
  media?: MediaOptions;
  /**
   * Also serve Bedrock Runtime's own paths under `/bedrock/`, for AWS SDKs and tools: their requests are signed anew with
   * this server's credentials and sent on, with the names of `models` in the place of ids. Default: false.
   */
  passThrough?: boolean;
  /**
   * Who may call: whoever sends one of these in `authorization: Bearer …`, `api-key` or `x-api-key`. Default: everyone who
   * reaches the handler. `GET /health` and `OPTIONS` are open to all.
   */
  apiKeys?: readonly string[];
  /**
   * Who may call, as your app knows it: only `true` lets the request in, `false` is a 401, and a `BedrockOpenAIError` that
   * it throws is answered as it stands. With `apiKeys` both must hold.
   * @param request Method, URL, headers and signal; the body is not there.
   * @param context What the door knows of the call: `{ req, res }` in Express and `node:http`, `ctx` in Koa, …
   */
  authorize?: (request: Request, context: unknown) => boolean | Promise<boolean>;
  /** Bound on a request body, in bytes. Default: 32 MiB. */
  maxBodyBytes?: number;
  /** How often the AWS SDK repeats a failed call before the first byte of an answer. Default: 2. */
  retries?: number;
  /** Bounds on waiting, in milliseconds. */
  timeouts?: {
    /** For AWS's response headers. Default: one hour, since reasoning models may take that long. */
    firstByte?: number;
    /** Between two pieces of an answer. Default: 15 minutes. */
    idle?: number;
    /** For an imported model that is still starting; it is called again meanwhile. Default: 5 minutes. */
    ready?: number;
    /** Between two pieces of a request body. Default: 60 seconds. */
    body?: number;
  };
  /** Where failures of the server are reported. Default: `console`. */
  logger?: Logger;
}

export interface Logger {
  error(message: string, details: Record<string, unknown>): void;
  warn(message: string, details: Record<string, unknown>): void;
}

export interface ResolvedOptions extends BedrockOpenAIOptions {
  maxBodyBytes: number;
  promptCache: "auto" | "explicit";
  retries: number;
  timeouts: { firstByte: number; idle: number; ready: number; body: number };
  logger: Logger;
}

const MINUTE = 60_000;

/**
 * The options with their defaults.
 * @throws TypeError for a bound that is not a positive number: it would otherwise silently be no bound. Also for `defaults`
 * of a model that no request could have, an entry of `models` that leads nowhere, what is no Region, and API keys that no header holds.
 */
export function resolveOptions(options: BedrockOpenAIOptions): ResolvedOptions {
  const {
    firstByte = 60 * MINUTE,
    idle = 15 * MINUTE,
    ready = 5 * MINUTE,
    body = MINUTE,
  } = options.timeouts ?? {};
  const resolved = {
    ...options,
    maxBodyBytes: options.maxBodyBytes ?? 32 * 1024 * 1024,
    promptCache: options.promptCache ?? "explicit",
    retries: options.retries ?? 2,
    timeouts: { firstByte, idle, ready, body },
    logger: options.logger ?? console,
  };
  const bounds = { maxBodyBytes: resolved.maxBodyBytes, firstByte, idle, ready, body };
  for (const [name, value] of Object.entries(bounds)) {
    if (!(Number.isFinite(value) && value > 0))
      throw new TypeError(`bedrock-openai: '${name}' must be a positive number.`);
  }
  if (!["auto", "explicit"].includes(resolved.promptCache)) {
    throw new TypeError("bedrock-openai: 'promptCache' must be 'auto' or 'explicit'.");
  }
  if (!["adjust", "reject"].includes(options.unsupported ?? "adjust")) {
    throw new TypeError("bedrock-openai: 'unsupported' must be 'adjust' or 'reject'.");
  }
  if (!Number.isInteger(resolved.retries) || resolved.retries < 0) {
    throw new TypeError("bedrock-openai: 'retries' must be a whole number, 0 or more.");
  }
  if (options.region !== undefined && !isRegion(options.region))
    throw new TypeError(`bedrock-openai: 'region' must be an AWS Region, not '${options.region}'.`);
  const { apiKeys } = options;
  // A variable that is not set must not open the door, and one that ends in a line break not lock it for all.
  if (
    apiKeys &&
    (apiKeys.length === 0 || apiKeys.some((key) => typeof key !== "string" || !/^[\x21-\x7e]+$/.test(key)))
  )
    throw new TypeError(
      "bedrock-openai: 'apiKeys' must be a list of keys, none of them empty, of ASCII without spaces as a header holds them.",
    );
  checkEntries(options.models);
  checkDefaults(options.models);
  return resolved;
}
