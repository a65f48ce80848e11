import type { JsonObject } from "../../conversation/types.ts";
import { checkToolMessages } from "../invoke/openai/check.ts";
import { GPT } from "../rules/families.ts";
import { isObject } from "../rules/request.ts";
import { effortOf, effortProblem } from "./efforts.ts";
import { unknownParameter, unsupportedParameter } from "./rule.ts";
import type { NativeRule } from "./rule.ts";

/** The members that Bedrock's Chat Completions knows: OpenAI's, and those of its own that it serves or ignores. */
const KNOWN = new Set(
  (
    "model messages audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens " +
    "metadata modalities moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key " +
    "prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier " +
    "stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity " +
    "web_search_options guardrailConfig amazon-bedrock-guardrailConfig"
  ).split(" "),
);

const PARTS = new Set(["text", "image_url", "input_audio", "refusal"]);
const TIERS = ["auto", "default", "flex", "priority"];

export const CHAT_RULES: readonly NativeRule[] = [
  { name: "unknown members are refused", check: (body) => unknownParameter(body, KNOWN) },
  {
    name: "there is something to answer",
    check: ({ messages }) => {
      if (messages === undefined) return "Missing required parameter: 'messages'.";
      return Array.isArray(messages) && messages.length > 0 ? undefined : "messages must not be empty";
    },
  },
  {
    name: "messages hold text, images and audio, and images only as data",
    check: (body) => partsOf(body).map(partProblem).find(Boolean),
  },
  {
    name: "some models cannot see or hear",
    check: (body, { row }) => {
      const kinds = new Set(partsOf(body).map(({ type }) => type));
      const missing = kinds.has("image_url") && row && !row.input.includes("IMAGE");
      const deaf = kinds.has("input_audio") && row && !row.input.includes("AUDIO");
      if (missing) return "This model does not support image inputs.";
      return deaf ? "This model does not support audio inputs." : undefined;
    },
  },
  {
    name: "only one choice",
    check: ({ n }) => (n === undefined || n === 1 ? undefined : "Invalid value: 'n' must be 1."),
  },
  {
    name: "GPT counts its reasoning in the limit",
    check: ({ max_tokens: limit }, { baseId }) =>
      limit !== undefined && GPT.test(baseId)
        ? unsupportedParameter("max_tokens", "max_completion_tokens")
        : undefined,
  },
  {
    name: "GPT fixes its sampling while it reasons",
    check: (body, { baseId }) => {
      const fixed = GPT.test(baseId) && effortOf(baseId, body["reasoning_effort"]) !== undefined;
      const knob = fixed && ["temperature", "top_p"].find((name) => body[name] !== undefined);
      return knob ? unsupportedParameter(knob) : undefined;
    },
  },
  {
    name: "each model has its own efforts",
    check: ({ reasoning_effort: effort }, { baseId }) => effortProblem(baseId, effort),
  },
  {
    name: "GPT-5.6 does not reason over functions here",
    check: (body, { baseId }) => {
      const { tools, reasoning_effort: effort } = body;
      const offered = Array.isArray(tools) && tools.length > 0;
      return offered && baseId.startsWith("openai.gpt-5.6") && effortOf(baseId, effort) !== undefined
        ? "Function tools with reasoning_effort are not supported for this model in /v1/chat/completions. Please use " +
            "/v1/responses or set reasoning_effort to none."
        : undefined;
    },
  },
  {
    name: "tools are functions",
    check: ({ tools = [] }) => {
      if (!Array.isArray(tools)) return "Invalid type for 'tools': expected an array.";
      const other = tools.find((tool) => !isObject(tool) || tool["type"] !== "function") as unknown;
      return other === undefined
        ? undefined
        : "Invalid value for 'tools[].type'. Supported values are: 'function'.";
    },
  },
  {
    name: "tools have names, and forced ones are offered",
    check: ({ tools = [], tool_choice: choice }) => {
      const names = (tools as { function?: { name?: string } }[]).map((tool) => tool.function?.name);
      if (names.some((name) => !name)) return "Missing required parameter: 'tools[].function.name'.";
      const forced =
        isObject(choice) && isObject(choice["function"]) ? choice["function"]["name"] : undefined;
      return forced === undefined || names.includes(String(forced))
        ? undefined
        : `Tool choice '${String(forced)}' not found in 'tools' parameter.`;
    },
  },
  { name: "results answer calls", check: (body) => checkToolMessages(body) },
  { name: "limits are positive", check: limitProblem },
  {
    name: "Bedrock has its own service tiers",
    check: ({ service_tier: tier }) =>
      tier === undefined || TIERS.includes(String(tier))
        ? undefined
        : `Invalid value: '${String(tier)}'. Supported values are: ${TIERS.map((name) => `'${name}'`).join(", ")}.`,
  },
  {
    name: "alternatives need likelihoods",
    check: ({ logprobs, top_logprobs: top }) =>
      top !== undefined && logprobs !== true
        ? "'top_logprobs' may only be specified when 'logprobs' is true."
        : undefined,
  },
];

function limitProblem({
  max_tokens: older,
  max_completion_tokens: limit = older,
}: JsonObject): string | undefined {
  if (limit === undefined || (Number.isInteger(limit) && Number(limit) > 0)) return undefined;
  return "Invalid value: the token limit must be a positive integer.";
}

function partsOf({ messages }: JsonObject): JsonObject[] {
  const contents = Array.isArray(messages) ? (messages as unknown[]) : [];
  return contents
    .filter(isObject)
    .flatMap(({ content }) => (Array.isArray(content) ? content.filter(isObject) : []));
}

function partProblem({ type, image_url: image }: JsonObject): string | undefined {
  if (!PARTS.has(String(type)))
    return `Invalid value: '${String(type)}'. Supported values are: 'text', 'image_url'.`;
  const url = isObject(image) ? String(image["url"]) : "";
  return type === "image_url" && !url.startsWith("data:")
    ? "Invalid image URL: only base64-encoded data URLs are supported."
    : undefined;
}
