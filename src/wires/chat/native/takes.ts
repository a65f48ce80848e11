import type { Target } from "../../../bedrock/models/target.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { cachesByMark } from "../../native/families.ts";
import { keepsToFormat } from "../../native/formats.ts";
import { isPlainTool } from "../../native/plain-tools.ts";
import { isPlainMessage } from "./plain-message.ts";

/** What AWS's own chat endpoint reads of OpenAI's parameters. Source: AWS's guide to OpenAI's APIs on Bedrock. */
const TAKEN: ReadonlySet<string> = new Set(
  `model model_id messages stream stream_options max_tokens max_completion_tokens temperature top_p n seed stop logprobs
  top_logprobs logit_bias presence_penalty frequency_penalty tools tool_choice parallel_tool_calls response_format
  reasoning_effort verbosity service_tier prompt_cache_key safety_identifier user store modalities`.split(
    /\s+/,
  ),
);

type Test = (body: JsonObject, target: Target) => boolean;

/** Further parameters, by who takes them. */
const TAKEN_BY: Readonly<Record<string, (target: Target) => boolean>> = {
  prompt_cache_options: ({ family }) => cachesByMark(family),
  // Converse writes them into AWS's invocation logs.
  metadata: ({ instead }) => !instead,
};

/** What Converse or a translation does better than the native side, which refuses or ignores it. */
const LEFT: readonly Test[] = [
  ({ n }) => n != null && n !== 1,
  ({ stop }, { instead, traits }) =>
    !saysNothing(stop) && (instead !== undefined || !traits.stopSequences || hasBlank(stop)),
  ({ response_format: format }, target) => isObject(format) && !keepsToFormat(format["type"], target),
  ({ tools }) => Array.isArray(tools) && !tools.every(isPlainTool),
  ({ tool_choice: choice }) => isObject(choice) && choice["type"] !== "function",
  ({ modalities }) => Array.isArray(modalities) && modalities.some((each) => each !== "text"),
  // AWS's native tiers are fewer than OpenAI's; Converse has its counterpart.
  ({ service_tier: tier }) => tier === "scale",
  (body, target) => mustNotThink(body, target) && target.instead !== undefined,
];

const saysNothing = (stop: unknown): boolean =>
  stop == null || stop === "" || (Array.isArray(stop) && stop.length === 0);

const hasBlank = (stop: unknown): boolean => [stop].flat().some((each) => String(each).trim() === "");

/** "use /v1/responses or set reasoning_effort to none": GPT-5.6 does not think here while tools are offered. */
export const mustNotThink = ({ tools, reasoning_effort: effort }: JsonObject, { traits }: Target): boolean =>
  !traits.thinksBesideTools && Array.isArray(tools) && tools.length > 0 && effort !== "none";

/**
 * Whether a request can go to a target as it came, in OpenAI's own protocol.
 * @param refused Parameters that the target has refused before; `*` is every one.
 */
export function takes(body: JsonObject, target: Target, refused: ReadonlySet<string>): boolean {
  if (!target.native?.apis.includes("chat") || refused.has("*")) return false;
  const given = Object.keys(body).filter((name) => body[name] != null);
  const isTaken = (name: string): boolean =>
    TAKEN.has(name) || (Object.hasOwn(TAKEN_BY, name) && TAKEN_BY[name]!(target));
  const sight = { images: target.traits.images, marks: cachesByMark(target.family) };
  return (
    given.every((name) => isTaken(name) && !refused.has(name)) &&
    !LEFT.some((test) => test(body, target)) &&
    (body["messages"] as JsonObject[]).every((message) => isPlainMessage(message, sight))
  );
}
