import * as z from "../../schema/z.ts";
import { byType } from "../by-type.ts";
import { jsonObject } from "../cache-marks.ts";
import { commonParameters, MAX_INT, reasoningWish } from "../common-parameters.ts";
import { listOf } from "../list-of.ts";
import { meantBy } from "../token-ids.ts";
import { type InputItem, inputItem } from "./items.ts";
import { responseTool, responseToolChoice } from "./tools.ts";

/** What an answer may be asked to tell beside itself. */
const INCLUDABLE = [
  "file_search_call.results",
  "web_search_call.results",
  "web_search_call.action.sources",
  "message.input_image.image_url",
  "computer_call_output.output.image_url",
  "code_interpreter_call.outputs",
  "reasoning.encrypted_content",
  "message.output_text.logprobs",
] as const;

export const include = listOf(z.enum(INCLUDABLE));

const textFormat = byType(
  {
    json_schema: z.looseObject({
      type: z.literal("json_schema"),
      name: z.string().min(1),
      description: z.string().nullish(),
      schema: jsonObject,
      strict: z.boolean().nullish(),
    }),
  },
  z.looseObject({ type: z.enum(["text", "json_object", "json_schema"]) }),
);

const summary = z.enum(["auto", "concise", "detailed", "none"]);

const items = listOf(inputItem);

export const responseInput = meantBy<string | InputItem[]>((value) =>
  Array.isArray(value) ? items : z.union([z.string(), items]),
);

// A response is one answer.
const { n: _, ...shared } = commonParameters;

/** The request of the Responses API, as OpenAI's API reference defines it. `null` means "not given". */
export const responsesRequestShape = z.object({
  ...shared,
  model: z.string().min(1),
  input: responseInput.nullish(),
  instructions: z.string().nullish(),
  previous_response_id: z.string().nullish(),
  conversation: z.union([z.string(), z.looseObject({ id: z.string() })]).nullish(),
  store: z.boolean().nullish(),
  background: z.boolean().nullish(),
  include: include.nullish(),
  tools: listOf(responseTool, 0, 128).nullish(),
  tool_choice: responseToolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  max_tool_calls: z.int().min(1).max(MAX_INT).nullish(),
  max_output_tokens: z.int().min(1).max(MAX_INT).nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  reasoning: reasoningWish
    .extend({ summary: summary.nullish(), generate_summary: summary.nullish() })
    .nullish(),
  text: z
    .looseObject({ format: textFormat.nullish(), verbosity: z.enum(["low", "medium", "high"]).nullish() })
    .nullish(),
  truncation: z.enum(["auto", "disabled"]).nullish(),
  prompt: jsonObject.nullish(),
  context_management: listOf(jsonObject).nullish(),
});

/** Unknown keys pass. */
export const responsesRequest = responsesRequestShape.loose();

export type ResponsesRequest = z.output<typeof responsesRequest>;
