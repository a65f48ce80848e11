import type { Target } from "../../../bedrock/models/target.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";

/** What AWS's own chat endpoint reads of OpenAI's parameters. Source: AWS's guide to OpenAI's APIs on Bedrock. */
const TAKEN: ReadonlySet<string> = new Set(
  `model model_id messages stream stream_options max_tokens max_completion_tokens temperature top_p n seed stop logprobs
  top_logprobs logit_bias presence_penalty frequency_penalty tools tool_choice parallel_tool_calls response_format
  reasoning_effort verbosity service_tier prompt_cache_key safety_identifier user store`.split(/\s+/),
);

type Test = (body: JsonObject, target: Target) => boolean;

/** What Converse does better than the native side, which refuses or ignores it. */
const LEFT_TO_CONVERSE: readonly Test[] = [
  ({ n }) => n != null && n !== 1,
  ({ stop }) => stop != null && stop !== "" && !(Array.isArray(stop) && stop.length === 0),
  ({ response_format: format }, { family }) =>
    isObject(format) &&
    (format["type"] === "json_object" || (format["type"] === "json_schema" && family.includes("gpt-oss"))),
  ({ tools }) =>
    Array.isArray(tools) && !tools.every((tool) => isObject(tool) && tool["type"] === "function"),
  ({ tool_choice: choice }) => isObject(choice) && choice["type"] !== "function",
  (body, target) => mustNotThink(body, target) && target.instead !== undefined,
];

/** "use /v1/responses or set reasoning_effort to none": GPT-5.6 does not think here while tools are offered. */
export const mustNotThink = ({ tools, reasoning_effort: effort }: JsonObject, { family }: Target): boolean =>
  family.startsWith("openai.gpt-5.6") && Array.isArray(tools) && tools.length > 0 && effort !== "none";

/**
 * Whether a request can go to a target as it came, in OpenAI's own protocol.
 * @param refused Parameters that the target has refused before; `*` is every one.
 */
export function takes(body: JsonObject, target: Target, refused: ReadonlySet<string>): boolean {
  if (!target.native?.apis.includes("chat") || refused.has("*")) return false;
  const given = Object.keys(body).filter((name) => body[name] != null);
  return (
    given.every((name) => TAKEN.has(name) && !refused.has(name)) &&
    !LEFT_TO_CONVERSE.some((test) => test(body, target)) &&
    (body["messages"] as JsonObject[]).every(isPlain)
  );
}

/** What is OpenAI's of a message, and what we add to an answer that comes back in the next request. */
const MEMBERS: ReadonlySet<string> = new Set(
  "role content name tool_calls tool_call_id refusal reasoning_content reasoning thinking_blocks annotations".split(
    " ",
  ),
);

/** Text, images that came along, and calls: no files, URLs, marks for the cache or thoughts to be returned. */
function isPlain(message: JsonObject): boolean {
  const { role, content, thinking_blocks: thoughts, tool_calls: calls } = message;
  const given = Object.keys(message).filter((name) => message[name] != null);
  if (role === "function" || !given.every((name) => MEMBERS.has(name))) return false;
  if (Array.isArray(thoughts) && thoughts.length > 0) return false;
  if (Array.isArray(calls) && !calls.every((call) => isObject(call) && call["type"] === "function"))
    return false;
  return !Array.isArray(content) || content.every(isPlainPart);
}

function isPlainPart(part: unknown): boolean {
  if (!isObject(part) || part["cache_control"] != null || part["prompt_cache_breakpoint"] != null)
    return false;
  if (part["type"] === "text") return typeof part["text"] === "string";
  const image = part["image_url"];
  const url = isObject(image) ? image["url"] : image;
  return part["type"] === "image_url" && typeof url === "string" && url.startsWith("data:image/");
}
