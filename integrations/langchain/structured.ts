import type { ChatBedrockOpenAICallOptions } from "./fields.ts";
import { type Schema, toSchema } from "./schema.ts";

const METHODS = ["jsonSchema", "functionCalling", "jsonMode"] as const;

export type Method = (typeof METHODS)[number];

export interface StructuredConfig {
  name?: string;
  method?: string;
  strict?: boolean;
}

/** How an object is asked for, and where in the answer it will stand. */
export interface Asked {
  options: Partial<ChatBedrockOpenAICallOptions>;
  /** The tool whose arguments it is; without one it is the text. */
  tool?: string;
}

/** In the words that LangChain's tracers know. */
const TRACED: Readonly<Record<Method, string>> = {
  jsonSchema: "json_schema",
  functionCalling: "function_calling",
  jsonMode: "json_mode",
};

/**
 * The call options that make a model answer with an object of this schema.
 * @throws TypeError for a method that does not exist, and for `strict` where nothing would be.
 */
export function toAsked(schema: Schema, { name, method = "jsonSchema", strict }: StructuredConfig): Asked {
  if (!isMethod(method))
    throw new TypeError(`ChatBedrockOpenAI: there is no method '${method}', only ${METHODS.join(", ")}.`);
  if (strict !== undefined && method === "jsonMode")
    throw new TypeError("ChatBedrockOpenAI: 'jsonMode' knows no schema to be 'strict' about.");
  const described = toSchema(schema, name);
  const ls_structured_output_format = {
    kwargs: { method: TRACED[method] },
    schema: { title: described.name, ...described.schema },
  };
  const asked = WAYS[method](described, strict);
  return { ...asked, options: { ...asked.options, outputVersion: "v0", ls_structured_output_format } };
}

const isMethod = (method: string): method is Method => METHODS.some((known) => known === method);

type Described = ReturnType<typeof toSchema>;

const WAYS: Readonly<Record<Method, (described: Described, strict: boolean | undefined) => Asked>> = {
  jsonSchema: (described, strict) => ({
    options: {
      response_format: {
        type: "json_schema",
        json_schema: { ...described, ...(strict !== undefined && { strict }) },
      },
    },
  }),
  functionCalling: ({ schema: parameters, ...described }, strict) => ({
    tool: described.name,
    options: {
      tools: [
        { type: "function", function: { ...described, parameters, ...(strict !== undefined && { strict }) } },
      ],
      tool_choice: described.name,
    },
  }),
  jsonMode: () => ({ options: { response_format: { type: "json_object" } } }),
};
