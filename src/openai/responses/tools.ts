import * as z from "../../schema/z.ts";
import { byType } from "../by-type.ts";
import { cacheMarks, jsonObject } from "../cache-marks.ts";
import { listOf } from "../list-of.ts";

/** Unlike chat's, the tools of the Responses API are flat. */
const functionTool = z.looseObject({
  type: z.literal("function"),
  name: z.string().min(1),
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  strict: z.boolean().nullish(),
  cache_control: cacheMarks.cache_control,
});

const customTool = z.looseObject({
  type: z.literal("custom"),
  name: z.string().min(1),
  description: z.string().nullish(),
  format: z
    .looseObject({
      type: z.string(),
      syntax: z.string().nullish(),
      definition: z.string().nullish(),
    })
    .nullish(),
});

const namespaceTool = z.looseObject({
  type: z.literal("namespace"),
  name: z.string().min(1),
  description: z.string().nullish(),
  tools: listOf(
    byType(
      { function: functionTool, custom: customTool },
      z.looseObject({ type: z.enum(["function", "custom"]) }),
    ),
    1,
    128,
  ),
});

const shellTool = z.looseObject({
  type: z.literal("shell"),
  environment: z.looseObject({ type: z.string() }).nullish(),
});

/** What OpenAI runs itself, and what is not known yet, is told apart by its type alone. */
const otherTool = z.looseObject({ type: z.string() });

export const responseTool = byType(
  { function: functionTool, custom: customTool, namespace: namespaceTool, shell: shellTool },
  otherTool,
);

const allowedTools = z.looseObject({
  type: z.literal("allowed_tools"),
  mode: z.enum(["auto", "required"]),
  tools: listOf(z.looseObject({ type: z.string(), name: z.string().nullish() }), 1, 128),
});

const named = { name: z.string().min(1), namespace: z.string().nullish() };

export const responseToolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  byType(
    {
      function: z.looseObject({ type: z.literal("function"), ...named }),
      custom: z.looseObject({ type: z.literal("custom"), ...named }),
      allowed_tools: allowedTools,
    },
    z.looseObject({ type: z.string() }),
  ),
]);

export type ResponseTool = z.output<typeof responseTool>;
export type NamespaceTool = z.output<typeof namespaceTool>;
export type FlatFunctionTool = z.output<typeof functionTool>;
export type FlatCustomTool = z.output<typeof customTool>;
export type ResponseToolChoice = z.output<typeof responseToolChoice>;
export type AllowedTools = z.output<typeof allowedTools>;
