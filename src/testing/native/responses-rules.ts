import type { JsonObject } from "../../conversation/types.ts";
import { GPT } from "../rules/families.ts";
import { isObject } from "../rules/request.ts";
import { effortOf, effortProblem } from "./efforts.ts";
import { inputItems, ITEM_TYPES } from "./responses-read.ts";
import { unknownParameter, unsupportedParameter } from "./rule.ts";
import type { NativeRule } from "./rule.ts";

const KNOWN = new Set(
  (
    "model input instructions background include max_output_tokens max_tool_calls metadata parallel_tool_calls " +
    "previous_response_id prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier " +
    "service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user"
  ).split(" "),
);
const PARTS = new Set(["input_text", "output_text", "refusal", "input_image"]);

export const RESPONSES_RULES: readonly NativeRule[] = [
  { name: "unknown members are refused", check: (body) => unknownParameter(body, KNOWN) },
  {
    name: "there is something to answer",
    check: (body) => {
      if (body["input"] === undefined) return "Missing required parameter: 'input'.";
      const items = inputItems(body);
      return items.length > 0
        ? undefined
        : "Invalid value for 'input': expected a string or a list of items.";
    },
  },
  {
    name: "items are messages, functions' calls and results, and thoughts",
    check: (body) => {
      const type = inputItems(body)
        .map((item) => String(item["type"] ?? "message"))
        .find((name) => !ITEM_TYPES.includes(name));
      return (
        type &&
        `Invalid value: '${type}'. Supported values are: ${ITEM_TYPES.map((name) => `'${name}'`).join(", ")}.`
      );
    },
  },
  {
    name: "messages hold text and images, and images only as data",
    check: (body) => partsOf(body).map(partProblem).find(Boolean),
  },
  {
    name: "some models cannot see",
    check: (body, { row }) =>
      row && !row.input.includes("IMAGE") && partsOf(body).some(({ type }) => type === "input_image")
        ? "This model does not support image inputs."
        : undefined,
  },
  {
    name: "nothing goes on in the background",
    check: ({ background }, _, host) => {
      if (background !== true) return undefined;
      return host === "runtime"
        ? "Unsupported parameter: 'background' is not supported on this endpoint."
        : "emulator: background responses are not emulated";
    },
  },
  {
    name: "tools are functions, and no server runs any",
    check: ({ tools = [] }) => {
      const types = Array.isArray(tools) ? tools.filter(isObject).map(({ type }) => String(type)) : [];
      const other = types.find((type) => type !== "function");
      return other && `Invalid value: '${other}'. Supported values are: 'function'.`;
    },
  },
  {
    name: "GPT fixes its sampling while it reasons",
    check: (body, { baseId }) => {
      const fixed = GPT.test(baseId) && effortOf(baseId, askedEffort(body)) !== undefined;
      const knob = fixed && ["temperature", "top_p"].find((name) => body[name] !== undefined);
      return knob ? unsupportedParameter(knob) : undefined;
    },
  },
  {
    name: "each model has its own efforts",
    check: (body, { baseId }) => effortProblem(baseId, askedEffort(body)),
  },
  {
    name: "limits are positive",
    check: ({ max_output_tokens: limit }) =>
      limit === undefined || (Number.isInteger(limit) && Number(limit) > 0)
        ? undefined
        : "Invalid value: 'max_output_tokens' must be a positive integer.",
  },
];

export function askedEffort({ reasoning }: JsonObject): unknown {
  return isObject(reasoning) ? (reasoning["effort"] ?? undefined) : undefined;
}

function partsOf(body: JsonObject): JsonObject[] {
  return inputItems(body).flatMap(({ content }) => (Array.isArray(content) ? content.filter(isObject) : []));
}

function partProblem({ type, image_url: url }: JsonObject): string | undefined {
  if (!PARTS.has(String(type))) {
    return `Invalid value: '${String(type)}'. Supported values are: 'input_text', 'input_image', 'output_text'.`;
  }
  return type === "input_image" && !String(url).startsWith("data:")
    ? "Invalid image URL: only base64-encoded data URLs are supported."
    : undefined;
}
