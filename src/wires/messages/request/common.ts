import { commonParameters, type CommonRequest } from "../../../openai/common-parameters.ts";
import { metadataOf } from "./metadata.ts";
import type { AskedRequest } from "./shape.ts";

/** What this wire says in words of its own. */
const OWN: ReadonlySet<string> = new Set([
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
]);

/** What it says in everybody's. Keys that nobody knows are not among them: they may be many. */
const SHARED = Object.keys(commonParameters).filter((name) => !OWN.has(name));

/** A request in the words that all wires have in common. */
export function inCommonWords(request: AskedRequest): CommonRequest {
  const { output_config: output, service_tier: tier, stop_sequences: stop } = request;
  const { user, metadata } = metadataOf(request.metadata);
  const given = SHARED.filter((name) => Object.hasOwn(request, name)).map((name) => [name, request[name]]);
  return {
    ...Object.fromEntries(given),
    stop: stop ?? request.stop,
    metadata,
    user: user ?? request.user,
    reasoning_effort: output?.effort ?? request.reasoning_effort,
    // Nothing better than the standard tier happens without a word.
    service_tier: tier === "standard_only" ? undefined : tier,
  };
}
