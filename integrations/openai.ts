import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../src/index.ts";

export interface BedrockFetchOptions {
  /** Requests below this URL go to Bedrock. Give the client the same. Default: `http://bedrock/v1`. */
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
  { baseURL = "http://bedrock/v1", fetch }: BedrockFetchOptions = {},
): typeof globalThis.fetch {
  const handler =
    typeof optionsOrHandler === "function" ? optionsOrHandler : createBedrockOpenAIHandler(optionsOrHandler);
  const base = `${new URL(baseURL).href.replace(/\/+$/, "")}/`;

  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!`${url.origin}${url.pathname}`.startsWith(base)) return (fetch ?? globalThis.fetch)(input, init);
    const request = toRequest(input, init);
    const response = await handler(request);
    // What `fetch` does: who aborted wants no answer, not even an error response.
    if (request.signal.aborted) throw request.signal.reason;
    return response;
  };
}

type FetchArguments = Parameters<typeof globalThis.fetch>;

function toRequest(input: FetchArguments[0], init: FetchArguments[1]): Request {
  // Streaming request bodies need `duplex`, which callers of a real fetch often leave to it.
  const streams = init?.body instanceof ReadableStream;
  return new Request(input, streams ? { duplex: "half", ...init } : init);
}
