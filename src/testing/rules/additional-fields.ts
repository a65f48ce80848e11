import { CLAUDE, GPT, GROK, NOVA, NOVA_2, rowFor } from "./families.ts";
import { additionalFields, isObject } from "./request.ts";
import { extraneousKey, firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

const words = (text: string) => text.split(" ");

/** The native request members of families that refuse all others. */
const KNOWN: readonly { models: RegExp; fields: readonly string[] }[] = [
  {
    models: CLAUDE,
    fields: words(
      "anthropic_beta anthropic_version context_management max_tokens output_config reasoning_config stop_sequences " +
        "temperature thinking tool_choice tools top_k top_p",
    ),
  },
  { models: NOVA_2, fields: words("inferenceConfig reasoningConfig") },
  { models: NOVA, fields: words("inferenceConfig") },
];

const unknownParameter = (key: string) => modelError(`Unknown parameter: '${key}'.`);

const OF_OTHER_VENDORS = words("output_config reasoningConfig reasoning_config thinking");
const NO_REASONING = [...OF_OTHER_VENDORS, "reasoning", "reasoning_effort"];

/** Members that other families take and these refuse by name. What no table names is passed on. */
const FOREIGN: readonly { models: RegExp; fields: readonly string[]; refuse(key: string): string }[] = [
  { models: GPT, fields: [...OF_OTHER_VENDORS, "reasoning_effort", "top_k"], refuse: unknownParameter },
  { models: GROK, fields: [...OF_OTHER_VENDORS, "reasoning", "top_k"], refuse: unknownParameter },
  { models: /^meta\.llama/, fields: [...NO_REASONING, "top_k"], refuse: extraneousKey },
  {
    models: /^deepseek\.r1|^mistral\.(mistral-7b|mixtral|mistral-(large|small)-2402|pixtral)/,
    fields: NO_REASONING,
    refuse: extraneousKey,
  },
];

export const ADDITIONAL_FIELD_RULES: readonly Rule[] = [
  {
    name: "additionalModelRequestFields is an object",
    check: ({ additionalModelRequestFields: fields }) =>
      fields === undefined || isObject(fields)
        ? undefined
        : "The format of the additionalModelRequestFields field is invalid. Provide a json object for the field and try again.",
  },
  {
    name: "additionalModelRequestFields holds only what the model knows",
    check: (request, { baseId }) => {
      const row = rowFor(KNOWN, baseId);
      return firstOf(Object.keys(additionalFields(request)), (key) =>
        row && !row.fields.includes(key) ? extraneousKey(key) : undefined,
      );
    },
  },
  {
    name: "a model refuses what it knows to be another's",
    check: (request, { baseId }) => {
      const row = rowFor(FOREIGN, baseId);
      const key = Object.keys(additionalFields(request)).find((name) => row?.fields.includes(name));
      return key === undefined ? undefined : row?.refuse(key);
    },
  },
  {
    name: "betas are a list of names",
    check: (request, { baseId }) => {
      const betas = additionalFields(request)["anthropic_beta"];
      if (betas === undefined || !CLAUDE.test(baseId)) return undefined;
      if (!Array.isArray(betas)) return modelError("anthropic_beta: Input should be a valid list");
      const at = betas.findIndex((beta) => typeof beta !== "string");
      return at < 0 ? undefined : modelError(`anthropic_beta.${at}: Input should be a valid string`);
    },
  },
  {
    name: "response field paths are JSON pointers",
    check: ({ additionalModelResponseFieldPaths: paths = [] }) =>
      firstOf(paths, (path) =>
        path.startsWith("/")
          ? undefined
          : `The value ${path} in additionalModelResponseFieldPaths is not a valid JSON Pointer.`,
      ),
  },
];
