import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ApiKeyProvider, Role, WebIdentityToken } from "./bedrock/clients/identity.ts";
import type { ModelEntry } from "./bedrock/models/aliases.ts";
import type { Traits } from "./conversation/traits.ts";
import type { Caller } from "./gate/caller.ts";
import type { CorsOptions } from "./gate/cors.ts";
import type { MediaOptions } from "./media/fetch-media.ts";
import type { KeyValueStore, MemoryBounds } from "./store/key-value-store.ts";
import type { Price, TelemetryOptions, UsageEvent } from "./record/usage-event.ts";

/** Every option of the handler. All are optional: a bare call works from the ambient AWS environment. */
export interface BedrockOpenAIOptions {
  /** AWS Region. Default: `AWS_REGION`, then `AWS_DEFAULT_REGION`, then the profile's. */
  region?: string;
  /** AWS credentials or a provider of them. Default: the AWS SDK's whole chain (environment, SSO, roles, …). */
  credentials?: NonNullable<BedrockRuntimeClientConfig["credentials"]>;
  /** A profile of the shared AWS configuration files. Default: `AWS_PROFILE`. */
  profile?: string;
  /** A role to take on with these credentials, or several, each by the one before. Held, and renewed before it ends. */
  role?: Role | readonly Role[];
  /** Takes on the (first) `role` by this OpenID Connect token, without AWS credentials. */
  webIdentityToken?: WebIdentityToken;
  /**
   * A Bedrock API key, sent as a bearer token instead of signing, or a function that gets one. Default:
   * `AWS_BEARER_TOKEN_BEDROCK`.
   */
  apiKey?: string | ApiKeyProvider;
  /** Call AWS's FIPS endpoints. Default: `AWS_USE_FIPS_ENDPOINT`, then the profile's. */
  fips?: boolean;
  /** Call AWS's dual-stack endpoints, which IPv6 reaches. Default: `AWS_USE_DUALSTACK_ENDPOINT`, then the profile's. */
  dualStack?: boolean;
  /**
   * The HTTP proxy that AWS is called through, `http://user:password@proxy:3128`; `false` for none. Default: `HTTPS_PROXY`,
   * `HTTP_PROXY` and `NO_PROXY` of the environment at the first call, as curl reads them.
   */
  proxy?: string | false;
  /**
   * Calls share connections over HTTP/2, up to 100 of them on one at the same time, where the host speaks it (by TLS, else HTTP/1.1
   * as without). For many slow streams at once: a fraction of the memory of a TLS connection for each, and less CPU. It costs that a
   * lost packet holds up all calls on its connection. Default: false, a connection for each call at a time, kept for the next.
   */
  http2?: boolean;
  /** A URL for all Bedrock hosts, or one for each. Default: AWS's endpoints of the Region. */
  endpoint?: string | { runtime?: string; control?: string; agentRuntime?: string; mantle?: string };
  /** Extra headers on every AWS call, added before signing. */
  headers?: Record<string, string>;
  /**
   * A client of your own; its whole configuration and middleware are honoured, and `region`, `credentials`,
   * `profile`, `role`, `apiKey`, `fips`, `dualStack`, `proxy`, `http2`, `headers`, `retries` and `endpoint` are then its affair. The SDK's default
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
   * Who may call: whoever sends one of these in `authorization: Bearer …`, `api-key` or `x-api-key`. A function gets them from
   * where they are kept, such as Secrets Manager; it is asked again after five minutes, and for a key on no list. Default:
   * everyone who reaches the handler. `GET /health` and `OPTIONS` are open to all.
   */
  apiKeys?: readonly string[] | (() => readonly string[] | Promise<readonly string[]>);
  /**
   * Who may call, as your app knows it: `true` or a `Caller` lets the request in, an object that is no `Caller` is a 500, anything
   * else a 401, and a `BedrockOpenAIError` that it throws is answered as it stands. With `apiKeys` both must hold.
   * @param request Method, URL, headers and signal; the body is not there.
   * @param context What the door knows of the call: `{ req, res }` in Express and `node:http`, `ctx` in Koa, …
   */
  authorize?: (request: Request, context: unknown) => boolean | Caller | Promise<boolean | Caller>;
  /**
   * Let requests bring AWS credentials of their own: `aws_access_key_id`, `aws_role_name`, `api_key`, `api_base`, … and
   * `extra_headers`, as LiteLLM has them. Default: false; they are then left out, and said to be.
   */
  allowRequestCredentials?: boolean;
  /** Let pages of browsers call, `true` those of every origin. Default: false. */
  cors?: boolean | CorsOptions;
  /** Calls at the same time, streams until their end; one more is a 429 with `retry-after`, before its body is read. Default: no bound. */
  maxConcurrency?: number;
  /** Bound on a request body, in bytes. Default: 32 MiB. */
  maxBodyBytes?: number;
  /**
   * How often a failed call is repeated before the first piece of an answer has come; all calls share AWS's own budget for
   * repeating. Default: 2.
   */
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
  /**
   * Told of every call that was sent to AWS, when it is over: tokens by kind, target, latency, adjustments, cost. It is not
   * waited for, and what it throws is logged and fails nothing.
   */
  onUsage?: (usage: UsageEvent) => void;
  /**
   * What models cost for a million tokens, by id with or without geo prefix, `*` for any characters, the first that matches:
   * `{ 'amazon.nova-pro-*': { input: 0.8, output: 3.2 } }`. There are none built in: AWS changes them.
   */
  prices?: Record<string, Price>;
  /**
   * Spans and metrics by OpenTelemetry's conventions for generative AI, given to the SDK that your app has set up; needs the
   * package `@opentelemetry/api`. Default: false.
   */
  telemetry?: boolean | TelemetryOptions;
  /**
   * Where responses, conversations and stored chat completions are kept: a `Keyv`, one of its adapters, or whatever has `get`,
   * `set` and `delete`; all processes that share it share them. Default: `{ maxBytes: 67_108_864 }` of this process's memory.
   * `false` keeps nothing: who asks for `store` is told so, and the endpoints that read what was kept answer 404.
   */
  store?: KeyValueStore | MemoryBounds | false;
  /** How long they are kept, in milliseconds. Default: 30 days, as at OpenAI. */
  storeTtl?: number;
  /**
   * What reasoning is sealed with that callers carry (`encrypted_content`): at least 32 characters, the same in all processes.
   * Default: one of this process, so that another process, or this one after a restart, leaves such reasoning out and says so.
   */
  stateSecret?: string;
  /**
   * Keeps a serverless host awake until work is done that goes on after its answer (`background: true`): Next.js's `after`,
   * Vercel's `waitUntil`. Default: what Next.js or Vercel have left for the request, and the Lambda door where it streams; other
   * background work on AWS Lambda and Vercel is a 400, and elsewhere the process is one that stays.
   */
  waitUntil?: (work: Promise<unknown>) => void;
  /** Where failures of the server are reported, and, with an `info` of its own, one line for each call. Default: the console's errors and warnings. */
  logger?: Logger;
}

export interface Logger {
  error(message: string, details: Record<string, unknown>): void;
  warn(message: string, details: Record<string, unknown>): void;
  /** One line for each call: never a word of a prompt or an answer. */
  info?(message: string, details: Record<string, unknown>): void;
}

export interface ResolvedOptions extends BedrockOpenAIOptions {
  maxBodyBytes: number;
  storeTtl: number;
  promptCache: "auto" | "explicit";
  retries: number;
  timeouts: { firstByte: number; idle: number; ready: number; body: number };
  logger: Logger;
}
