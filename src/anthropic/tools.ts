import * as z from "../schema/z.ts";
import { cacheControl, jsonObject } from "./blocks.ts";
import { listOf } from "../openai/list-of.ts";
import { checked, tagged } from "./tagged.ts";

/** A tool of the caller's own. What Bedrock refuses of its name is renamed, not rejected. */
const customTool = z.looseObject({
  type: z.literal("custom").nullish(),
  name: z.string().min(1),
  description: z.string().nullish(),
  input_schema: jsonObject,
  strict: z.boolean().nullish(),
  input_examples: listOf(jsonObject).nullish(),
  cache_control: cacheControl,
});

/** One that Anthropic has made and Claude knows: `bash_20250124`, `web_search_20250305`, … */
const ownTool = z.looseObject({ type: z.string().min(1), name: z.string().nullish() });

/** Who sends tools of another API's kind would wonder why none is called. */
const OWN_TYPE = /_\d{8}$|^mcp_toolset$/;

export const tool = z.unknown().transform((value, context): CustomTool | OwnTool => {
  const type = (value as { type?: unknown } | null | undefined)?.type;
  if (type == null || type === "custom") return checked(customTool, value, context);
  if (typeof type !== "string" || OWN_TYPE.test(type)) return checked(ownTool, value, context);
  context.issues.push({ code: "custom", path: [], params: { tag: type, known: ["custom"] }, input: value });
  return z.NEVER;
});

const oneCall = { disable_parallel_tool_use: z.boolean().nullish() };

export const toolChoice = tagged({
  auto: z.looseObject({ type: z.literal("auto"), ...oneCall }),
  any: z.looseObject({ type: z.literal("any"), ...oneCall }),
  tool: z.looseObject({ type: z.literal("tool"), name: z.string().min(1), ...oneCall }),
  none: z.looseObject({ type: z.literal("none") }),
});

export type CustomTool = z.output<typeof customTool>;
export type OwnTool = z.output<typeof ownTool>;
export type MessageTool = CustomTool | OwnTool;
