import type { Target } from "../../../bedrock/models/target.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { cachesByMarkInResponses } from "../../native/families.ts";
import { keepsToFormat } from "../../native/formats.ts";
import { isPlainFunction } from "../../native/plain-tools.ts";
import type { AskedResponse } from "../asked.ts";
import { isPlainItem, type Reach } from "./plain-items.ts";

/** What AWS's own Responses API reads of OpenAI's parameters. Source: AWS's guide to OpenAI's APIs on Bedrock. */
export const SENT: ReadonlySet<string> = new Set(
  `instructions max_output_tokens max_tool_calls temperature top_p top_logprobs tools tool_choice parallel_tool_calls reasoning
  text truncation service_tier prompt_cache_key prompt_cache_options safety_identifier user include metadata`.split(
    /\s+/,
  ),
);

/** What we see to ourselves: where it goes, what it stands on, and how it is told. */
const OURS: ReadonlySet<string> = new Set(
  "model model_id input previous_response_id conversation store background stream stream_options".split(" "),
);

type Test = (request: JsonObject, target: Target) => boolean;

/** What Converse or a translation does better than the native side, which refuses or ignores it. */
const LEFT: readonly Test[] = [
  ({ instructions }) => instructions != null && typeof instructions !== "string",
  ({ text }, target) =>
    isObject(text) && isObject(text["format"]) && !keepsToFormat(text["format"]["type"], target),
  ({ tools }) => Array.isArray(tools) && !tools.every(isPlainTool),
  ({ tool_choice: choice }) => isObject(choice) && choice["type"] !== "function",
  // AWS's native tiers are fewer than OpenAI's; Converse has its counterpart.
  ({ service_tier: tier }) => tier === "scale",
  ({ prompt_cache_options: options }, { family }) => options != null && !cachesByMarkInResponses(family),
  // Converse writes them into AWS's invocation logs.
  ({ metadata }, { instead }) =>
    instead !== undefined && isObject(metadata) && Object.keys(metadata).length > 0,
];

const isPlainTool = (tool: unknown): boolean => {
  if (!isObject(tool)) return false;
  const { type, ...offered } = tool;
  return type === "function" && isPlainFunction(offered);
};

/**
 * Whether a request can go to a target as it came, in OpenAI's own protocol.
 * @param refused Parameters that the target has refused before; `*` is every one.
 * @param reads Whether anybody but us can read thoughts that were encrypted so.
 */
export function takes(
  { body, items }: Pick<AskedResponse, "items"> & { body: JsonObject },
  target: Target,
  refused: ReadonlySet<string>,
  reads: Reach["reads"],
): boolean {
  if (!target.native?.apis.includes("responses") || refused.has("*")) return false;
  const given = Object.keys(body).filter((name) => body[name] != null && !OURS.has(name));
  const reach = { images: target.traits.images, marks: cachesByMarkInResponses(target.family), reads };
  return (
    given.every((name) => SENT.has(name) && !refused.has(name)) &&
    !LEFT.some((test) => test(body, target)) &&
    items.length > 0 &&
    items.every(({ item }) => isPlainItem(item, reach))
  );
}
