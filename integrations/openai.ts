import type { ClientOptions, OpenAI } from "openai";
import { installedOpenAI } from "./openai/installed.ts";
import { type ClientClass, readingText } from "./openai/reading-text.ts";
import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../src/index.ts";
import { asStream, lendText } from "../src/http/lent-text.ts";

export interface BedrockFetchOptions {
  /**
   * Requests below this URL go to Bedrock. Give the client the same. Default: `http://bedrock/v1`, and OpenAI's own
   * `https://api.openai.com/v1`, so that a client without a base URL does not send its prompts there after all.
   */
  baseURL?: string;
  /** Where all other requests go. Default: the global `fetch` at the time of the call. */
  fetch?: typeof globalThis.fetch;
}

/**
 * A `fetch` that answers OpenAI calls from Bedrock inside this process:
 * `new OpenAI({ apiKey: 'bedrock', baseURL: 'http://bedrock/v1', fetch: createBedrockFetch() })`.
 * Accepts string, URL and Request, like `fetch`; rejects with the signal's reason when the caller aborts.
 */
export function createBedrockFetch(
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler = {},
  { baseURL, fetch }: BedrockFetchOptions = {},
): typeof globalThis.fetch {
  const handler =
    typeof optionsOrHandler === "function" ? optionsOrHandler : createBedrockOpenAIHandler(optionsOrHandler);
  const bases = (baseURL === undefined ? DEFAULT_BASES : [baseURL]).map(
    (base) => `${new URL(base).href.replace(/\/$/, "")}/`,
  );
  const firstFetch = globalThis.fetch;

  const bedrockFetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!bases.some((base) => `${url.origin}${url.pathname}`.startsWith(base))) {
      // Whoever made this the global fetch must not meet themselves.
      const outside = fetch ?? (globalThis.fetch === bedrockFetch ? firstFetch : globalThis.fetch);
      return outside(input, init);
    }
    const request = toRequest(input, init);
    const response = await handler(request);
    // What `fetch` does: who aborted wants no answer, not even an error response.
    if (request.signal.aborted) throw request.signal.reason;
    return response;
  };
  return bedrockFetch;
}

/**
 * The official client, wired to Bedrock in this process: `createBedrockOpenAI({ region: 'eu-central-1' })`, or with the
 * class that you import `createBedrockOpenAI(OpenAI, { region: 'eu-central-1' })`, which bundlers need, and which subclasses
 * and several versions beside each other are for.
 *
 * The environment's `OPENAI_API_KEY`, `OPENAI_ADMIN_KEY`, `OPENAI_BASE_URL`, `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID` are not
 * used. Retries do not multiply: what the AWS SDK has repeated (the handler's `retries`) the client does not repeat again, and
 * its own `maxRetries` is for what the SDK did not. Streams take half of what they take by `createBedrockFetch`.
 *
 * @param OpenAI The client's class, of `openai` 6 or 7. Default: the installed package's.
 * @param optionsOrHandler The handler's options, or a handler to share.
 * @param clientOptions The client's own options: `maxRetries`, `timeout`, `defaultHeaders`, `logger`, … `apiKey` is what
 * the handler's `apiKeys` and `authorize` see. Default: `bedrock`.
 * @throws TypeError for options that would lead the client away from Bedrock.
 * @throws Error where no class is given, and the package is not installed or cannot be loaded.
 */
export function createBedrockOpenAI(
  optionsOrHandler?: BedrockOpenAIOptions | BedrockOpenAIHandler,
  clientOptions?: Omit<ClientOptions, LeadsAway>,
): OpenAI;
export function createBedrockOpenAI<Options extends object, Client>(
  OpenAI: new (options?: Options) => Client,
  optionsOrHandler?: BedrockOpenAIOptions | BedrockOpenAIHandler,
  clientOptions?: Omit<Options, LeadsAway>,
): Client;
export function createBedrockOpenAI(...given: unknown[]): unknown {
  const [OpenAI, optionsOrHandler, clientOptions] = (
    isClass(given[0]) ? given : [installedOpenAI(), ...given]
  ) as [ClientClass, BedrockOpenAIOptions | BedrockOpenAIHandler | undefined, object | undefined];
  return new (readingText(OpenAI))(wired(optionsOrHandler, clientOptions));
}

/** An arrow function, such as a handler, has no prototype. */
const isClass = (value: unknown): boolean => typeof value === "function" && value.prototype !== undefined;

function wired(
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler | undefined,
  clientOptions: object | undefined,
): object {
  const given: Record<string, unknown> = { ...clientOptions };
  const refused = LEADS_AWAY.filter((name) => given[name] !== undefined);
  if (refused.length > 0)
    throw new TypeError(
      `bedrock-openai: createBedrockOpenAI() does not take the client's '${refused.join("', '")}', which would lead it ` +
        "away from Bedrock. For a client of your own there is createBedrockFetch().",
    );
  // What is undefined the client would take from the environment; null it would not.
  const { apiKey = "bedrock", adminAPIKey = null, organization = null, project = null } = given;
  const access = { apiKey, adminAPIKey, organization, project };
  const wiring = { baseURL: DEFAULT_BASES[0], fetch: createBedrockFetch(optionsOrHandler) };
  return { ...given, ...access, ...wiring };
}

const LEADS_AWAY = [
  "baseURL",
  "fetch",
  "dataResidency",
  "provider",
  "workloadIdentity",
  "x509Transport",
  "credential",
] as const;

type LeadsAway = (typeof LEADS_AWAY)[number];

const DEFAULT_BASES = ["http://bedrock/v1", "https://api.openai.com/v1"];

type FetchArguments = Parameters<typeof globalThis.fetch>;

function toRequest(input: FetchArguments[0], init: FetchArguments[1]): Request {
  if (typeof init?.body === "string" && takesStreams(input, init)) return textRequest(input, init, init.body);
  // Streaming request bodies need `duplex`, which callers of a real fetch often leave to it.
  const streams = init?.body instanceof ReadableStream;
  return new Request(input, streams ? { duplex: "half", ...init } : init);
}

/** Some of what a Request takes of text it refuses of streams; of an object of a class only itself knows what it says. */
const takesStreams = (input: FetchArguments[0], init: RequestInit): boolean =>
  !(input instanceof Request) &&
  Object.getPrototypeOf(init) === Object.prototype &&
  !init.keepalive &&
  init.mode === undefined;

/** Node would encode the text at once, for the core to decode it again. */
function textRequest(input: FetchArguments[0], init: RequestInit, text: string): Request {
  const request = new Request(input, { ...init, body: asStream(text), duplex: "half" } as RequestInit);
  lendText(request, text);
  if (!request.headers.has("content-type")) request.headers.set("content-type", "text/plain;charset=UTF-8");
  return request;
}
