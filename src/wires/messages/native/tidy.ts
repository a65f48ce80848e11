import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { Adjustment } from "../../../adjustments.ts";
import { NO_SCOPES } from "../../request/cache-marks.ts";
import { betasOfTools } from "../request/own-tools.ts";

export interface Tidied {
  body: JsonObject;
  /** What the tools need. */
  betas: readonly string[];
  adjustments: readonly Adjustment[];
}

/**
 * A request without what Anthropic's clients say to its own service alone, and what Claude on Bedrock answers the same without:
 * Bedrock refuses the whole request for it.
 */
export function tidy(given: JsonObject): Tidied {
  let scoped = false;
  const tidyMark = (block: JsonObject): JsonObject => {
    const { cache_control: mark } = block;
    if (!isObject(mark) || !Object.hasOwn(mark, "scope")) return block;
    const { scope: _, ...rest } = mark;
    scoped = true;
    return { ...block, cache_control: rest };
  };
  const tidyBlock = (block: JsonObject): JsonObject => tidyMark(withoutCaller(block));
  // To Anthropic null is not the same as absent; its clients mean that.
  const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
  const { system, messages, tools } = body;
  return {
    body: {
      ...body,
      ...(Array.isArray(system) && { system: each(system, tidyBlock) }),
      messages: each(messages, (message) => ({ ...message, content: each(message["content"], tidyBlock) })),
      ...(Array.isArray(tools) && { tools: each(tools, (tool) => tidyMark(asBetas(tool))) }),
    },
    betas: betasOfTools(Array.isArray(tools) ? tools.filter(isObject) : []),
    adjustments: scoped ? [{ param: "cache_control.scope", action: "dropped", reason: NO_SCOPES }] : [],
  };
}

const each = (list: unknown, edit: (value: JsonObject) => JsonObject): unknown =>
  Array.isArray(list) ? list.map((value: unknown) => (isObject(value) ? edit(value) : value)) : list;

/** Who calls is on Bedrock always the model itself. */
function withoutCaller(block: JsonObject): JsonObject {
  const { caller, ...rest } = block;
  return isObject(caller) && caller["type"] === "direct" ? rest : block;
}

/** What a beta says of all tools. */
function asBetas(tool: JsonObject): JsonObject {
  if (!Object.hasOwn(tool, "eager_input_streaming")) return tool;
  const { eager_input_streaming: _, ...rest } = tool;
  return rest;
}
