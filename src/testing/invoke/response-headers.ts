import type { Family } from "./family.ts";
import { ECHOED } from "./request-headers.ts";
import type { Written } from "./written.ts";

type Headers = Record<string, string>;

/** Tier and latency come back as they were asked for. */
export function echoedHeaders(headers: Headers): Headers {
  return Object.fromEntries(ECHOED.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
}

/** How long it took and, for most families, how many tokens. */
export function usageHeaders({ uncounted }: Family, { response: { usage } }: Written): Headers {
  const counts = {
    "input-token-count": usage.inputTokens,
    "output-token-count": usage.outputTokens,
    "cache-read-input-token-count": usage.cacheReadInputTokens,
    "cache-write-input-token-count": usage.cacheWriteInputTokens,
  };
  const told = Object.entries({ "invocation-latency": 1, ...(!uncounted && counts) });
  return Object.fromEntries(
    told.flatMap(([name, value]) => (value === undefined ? [] : [[`x-amzn-bedrock-${name}`, String(value)]])),
  );
}
