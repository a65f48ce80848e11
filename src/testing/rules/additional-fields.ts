import { CLAUDE, NOVA, rowFor } from "./families.ts";
import { additionalFields, isObject } from "./request.ts";
import { firstOf } from "./rule.ts";
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
  { models: NOVA, fields: words("inferenceConfig reasoningConfig") },
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
        row && !row.fields.includes(key)
          ? `Malformed input request: #: extraneous key [${key}] is not permitted, please reformat your input and try again.`
          : undefined,
      );
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
