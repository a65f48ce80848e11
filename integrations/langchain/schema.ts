import { OutputParserException } from "@langchain/core/output_parsers";
import { toJsonSchema } from "@langchain/core/utils/json_schema";
import { type InteropZodType, interopSafeParseAsync, isInteropZodSchema } from "@langchain/core/utils/types";

/** Any other library's schema that can check a value and describe itself. Source: standardschema.dev. */
export interface StandardSchema<Output = unknown> {
  "~standard": {
    validate(value: unknown): Checked<Output> | Promise<Checked<Output>>;
    types?: { output: Output } | undefined;
    jsonSchema?: { input(options: { target: "draft-2020-12" }): Record<string, unknown> };
  };
}

type Checked<Output> = { value: Output; issues?: undefined } | { issues: readonly { message: string }[] };

/** A zod schema (3 or 4), a standard schema, a JSON schema, or a function of OpenAI's with its `parameters`. */
export type Schema<Output = unknown> =
  | InteropZodType<Output>
  | StandardSchema<Output>
  | Record<string, unknown>;

interface Described {
  name: string;
  description?: string;
  schema: Record<string, unknown>;
}

/**
 * A schema as OpenAI's requests have it.
 * @throws TypeError for a schema that can only check.
 */
export function toSchema(given: Schema, name: string | undefined): Described {
  const { name: own, parameters } = given as Record<string, unknown>;
  const isFunction = !canCheck(given) && typeof own === "string" && isObject(parameters);
  const schema = isFunction ? parameters : toJson(given);
  const description = isFunction ? (given as Record<string, unknown>)["description"] : schema["description"];
  const title = isFunction ? own : schema["title"];
  return {
    name: name ?? (typeof title === "string" && title !== "" ? title : "extract"),
    ...(typeof description === "string" && { description }),
    schema,
  };
}

function toJson(schema: Schema): Record<string, unknown> {
  if (isInteropZodSchema(schema)) return toJsonSchema(schema) as Record<string, unknown>;
  if (!isStandard(schema)) return schema;
  const { jsonSchema } = schema["~standard"];
  if (!jsonSchema)
    throw new TypeError("ChatBedrockOpenAI: this schema cannot be told to a model as JSON schema.");
  return jsonSchema.input({ target: "draft-2020-12" });
}

/** True for a schema that is more than a description. */
export const canCheck = (schema: Schema): boolean => isInteropZodSchema(schema) || isStandard(schema);

const isStandard = (schema: Schema): schema is StandardSchema =>
  "~standard" in schema && typeof (schema as StandardSchema)["~standard"].validate === "function";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/**
 * A value as its schema understands it. A JSON schema checks nothing here: the model was held to it.
 * @throws OutputParserException naming what is wrong, with the text that it was read from.
 */
export async function checked(schema: Schema, value: unknown, text: string): Promise<unknown> {
  if (isInteropZodSchema(schema)) {
    const parsed = await interopSafeParseAsync(schema, value);
    if (parsed.success) return parsed.data;
    throw unfit(text, JSON.stringify(parsed.error.issues));
  }
  if (!isStandard(schema)) return value;
  const result = await schema["~standard"].validate(value);
  if (result.issues === undefined) return result.value;
  throw unfit(text, result.issues.map(({ message }) => message).join("; "));
}

const unfit = (text: string, why: string): OutputParserException =>
  new OutputParserException(`Failed to parse. Text: "${text}". Error: ${why}`, text);
