import type { CommonRequest } from "../../../openai/common-parameters.ts";
import type { AskedRequest } from "./shape.ts";

/** What this wire says in words of its own. */
const OWN = [
  "messages",
  "system",
  "tools",
  "tool_choice",
  "max_tokens",
  "output_config",
  "output_format",
  "stop_sequences",
  "betas",
  "anthropic_beta",
] as const;

/** A request in the words that all wires have in common. */
export function inCommonWords(request: AskedRequest): CommonRequest {
  const { metadata, output_config: output, service_tier: tier, stop_sequences: stop } = request;
  const { user_id: user, ...rest } = metadata ?? {};
  const given = Object.fromEntries(Object.entries(request).filter(([name]) => !isOwn(name)));
  return {
    ...given,
    stop: stop ?? request.stop,
    metadata: Object.fromEntries(
      Object.entries(rest).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
    ),
    user: user ?? request.user,
    reasoning_effort: output?.effort ?? request.reasoning_effort,
    // Nothing better than the standard tier happens without a word.
    service_tier: tier === "standard_only" ? undefined : tier,
  };
}

const isOwn = (name: string): boolean => (OWN as readonly string[]).includes(name);
