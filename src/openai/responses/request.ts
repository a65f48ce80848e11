import * as z from "zod";
import { commonParameters } from "../common-parameters.ts";
import { listOf } from "../list-of.ts";
import { inputItem } from "./items.ts";

/** The request of the Responses API, as OpenAI's API reference defines it. Unknown keys pass. */
const { n: _, stream_options: __, ...shared } = commonParameters;

export const responsesRequestShape = z.object({
  ...shared,
  model: z.string().min(1),
  input: z.union([z.string(), listOf(inputItem)]).nullish(),
  instructions: z.string().nullish(),
  previous_response_id: z.string().nullish(),
  conversation: z.union([z.string(), z.looseObject({ id: z.string() })]).nullish(),
  store: z.boolean().nullish(),
  background: z.boolean().nullish(),
  include: listOf(z.string()).nullish(),
});

export const responsesRequest = responsesRequestShape.loose();

export type ResponsesRequest = z.output<typeof responsesRequest>;
