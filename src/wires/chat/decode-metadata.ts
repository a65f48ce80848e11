import type { Adjustment } from "../../adjustments.ts";
import { invalidRequest } from "../../errors.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";

/** AWS's bounds on `requestMetadata`; OpenAI's on `metadata` are as many pairs, and longer values. */
const MAX_PAIRS = 16;
const MAX_CHARS = 256;
const REFUSED = /[^a-zA-Z0-9\s:_@$#=/+,.-]/g;

/**
 * OpenAI's `metadata` and Bedrock's `requestMetadata`, which wins, as what AWS writes into its invocation logs.
 * @throws BedrockOpenAIError 400 beyond 16 pairs.
 */
export function decodeMetadata(request: ChatRequest, adjustments: Adjustment[]): Record<string, string> {
  const pairs = Object.entries({ ...request.metadata, ...request.requestMetadata });
  const { user, safety_identifier } = request;
  for (const [key, value] of Object.entries({ user, safety_identifier })) {
    // Who asked, for the invocation logs; never at the cost of what the caller put there.
    if (value && pairs.length < MAX_PAIRS && !pairs.some(([given]) => given === key))
      pairs.push([key, value]);
  }
  if (pairs.length > MAX_PAIRS) {
    throw invalidRequest(
      `Invalid 'metadata': too many properties. Expected at most ${MAX_PAIRS}, but got ${pairs.length} instead.`,
      { code: "object_above_max_properties", param: "metadata" },
    );
  }
  const fitted = pairs.map(([key, value]) => [fit(key), fit(value)] as const).filter(([key]) => key !== "");
  if (JSON.stringify(fitted) !== JSON.stringify(pairs)) {
    const reason = "Bedrock takes keys and values of 256 characters, without most punctuation.";
    adjustments.push({ param: "metadata", action: "clamped", reason });
  }
  return Object.fromEntries(fitted);
}

const fit = (text: string): string => text.slice(0, MAX_CHARS).replaceAll(REFUSED, "_");
