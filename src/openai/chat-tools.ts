import * as z from "../schema/z.ts";
import { byType } from "./by-type.ts";
import { cacheMarks, jsonObject } from "./cache-marks.ts";
import { listOf } from "./list-of.ts";

export const functionShape = z.looseObject({
  name: z.string().min(1),
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  strict: z.boolean().nullish(),
});

/** OpenAI's own pattern for function names is narrower; what Bedrock refuses is renamed, not rejected. */
const functionTool = z.looseObject({
  type: z.literal("function"),
  function: functionShape,
  cache_control: cacheMarks.cache_control,
});

const customTool = z.looseObject({
  type: z.literal("custom"),
  custom: z.looseObject({
    name: z.string().min(1),
    description: z.string().nullish(),
    format: z
      .looseObject({
        type: z.string(),
        grammar: z.looseObject({ syntax: z.string().nullish(), definition: z.string() }).nullish(),
      })
      .nullish(),
  }),
});

/** A tool in Anthropic's own shape. */
const schemaTool = z.looseObject({
  name: z.string().min(1),
  description: z.string().nullish(),
  input_schema: jsonObject,
  cache_control: cacheMarks.cache_control,
});

const otherTool = z.union([schemaTool, z.looseObject({ type: z.string() })]);

export const chatTool = byType(
  { function: functionTool, custom: z.union([schemaTool, customTool]) },
  otherTool,
);

const allowedTool = z.looseObject({
  type: z.string(),
  function: z.looseObject({ name: z.string() }).nullish(),
  custom: z.looseObject({ name: z.string() }).nullish(),
});

export const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  byType(
    {
      function: z.looseObject({
        type: z.literal("function"),
        function: z.looseObject({ name: z.string().min(1) }),
      }),
      custom: z.looseObject({
        type: z.literal("custom"),
        custom: z.looseObject({ name: z.string().min(1) }),
      }),
      allowed_tools: z.looseObject({
        type: z.literal("allowed_tools"),
        allowed_tools: z.looseObject({
          mode: z.enum(["auto", "required"]),
          tools: listOf(allowedTool, 1, 128),
        }),
      }),
    },
    // Anthropic's choices are among them: auto, any, none, and tool with a name.
    z.looseObject({ type: z.string(), name: z.string().nullish() }),
  ),
]);

export type ChatTool = z.output<typeof chatTool>;
export type FunctionTool = z.output<typeof functionTool>;
export type CustomTool = z.output<typeof customTool>;
export type SchemaTool = z.output<typeof schemaTool>;
export type ChatToolChoice = z.output<typeof toolChoice>;
