import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../src/index.ts";

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

const DEFAULT_BASES = ["http://bedrock/v1", "https://api.openai.com/v1"];

type FetchArguments = Parameters<typeof globalThis.fetch>;

function toRequest(input: FetchArguments[0], init: FetchArguments[1]): Request {
  // Streaming request bodies need `duplex`, which callers of a real fetch often leave to it.
  const streams = init?.body instanceof ReadableStream;
  return new Request(input, streams ? { duplex: "half", ...init } : init);
}
