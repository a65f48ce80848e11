import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { OutputItem, ResponseObject, ResponseUsage } from "../../../openai/responses/response.ts";
import { tokensInResponse } from "../../../record/count.ts";
import type { EditItem } from "./edit-item.ts";

/** Members that are the caller's or ours, whatever AWS knows of them: there nothing is kept, and nothing goes on. */
const OURS: ReadonlySet<string> = new Set(
  `id object created_at completed_at background conversation error instructions metadata model previous_response_id prompt_cache_key
  safety_identifier store tool_choice tools user`.split(/\s+/),
);

/**
 * AWS's response as it is told: under our id, with what the caller asked for, and nothing null that OpenAI's schema does not
 * have so.
 * @param opening The response as it begins.
 */
export function editResponse(response: JsonObject, opening: ResponseObject, edit: EditItem): ResponseObject {
  const { output, usage, ...rest } = response;
  const said = Object.entries(rest).filter(([name, value]) => value != null && !OURS.has(name));
  const counted = toUsage(usage);
  return {
    ...opening,
    ...Object.fromEntries(
      said.map(([name, value]) => [name, isObject(value) ? { ...within(opening, name), ...value } : value]),
    ),
    output: (Array.isArray(output) ? output.filter(isObject) : []).map((item, index): OutputItem =>
      edit(item, index),
    ),
    ...(counted && { usage: counted }),
  };
}

/** What is said of a setting stands beside what is not. */
const within = (opening: ResponseObject, name: string): JsonObject | undefined => {
  const known = opening[name];
  return isObject(known) ? known : undefined;
};

/** Undefined where nothing was counted. */
export function toUsage(usage: unknown): ResponseUsage | undefined {
  if (!isObject(usage)) return undefined;
  const { input, output, cached, written, reasoning } = tokensInResponse(usage);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}
