/** Of the paths that there are. */
export const METHODS = "GET, HEAD, POST, DELETE";

/** Answers' headers that OpenAI's clients look at, ours, and those by which AWS's support finds a call. */
export const EXPOSED = [
  "x-request-id",
  "x-bedrock-adjustments",
  "x-bedrock-target",
  "openai-processing-ms",
  "openai-version",
  "retry-after",
  "retry-after-ms",
  "x-should-retry",
  ...["requests", "tokens"].flatMap((what) =>
    ["limit", "remaining", "reset"].map((part) => `x-ratelimit-${part}-${what}`),
  ),
  "x-amzn-requestid",
  "x-amzn-errortype",
].join(", ");

/** What clients for OpenAI, Azure, Anthropic and AWS send, and those who trace calls. */
const TAKEN =
  /^(accept|authorization|content-type|cache-control|api-key|x-api-key|x-request-id|idempotency-key|user-agent|traceparent|tracestate|baggage|(openai|x-stainless|x-bedrock|anthropic|x-amz|x-amzn|amz-sdk)-[\w-]+)$/;

/** RFC 9110's. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** More than any client asks for. */
const MOST = 100;

/**
 * Of the headers that a browser asks for those that may come, as it named them.
 * @param own Further ones.
 */
export function takenOf(own: readonly string[]): (asked: string) => string {
  const further: ReadonlySet<string> = new Set(own.map((name) => name.toLowerCase()));
  return (asked) =>
    asked
      .toLowerCase()
      .split(",", MOST)
      .map((name) => name.trim())
      .filter((name) => NAME.test(name) && (TAKEN.test(name) || further.has(name)))
      .join(", ");
}
