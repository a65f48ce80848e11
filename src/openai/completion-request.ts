import * as z from "../schema/z.ts";
import { commonParameters, MAX_INT } from "./common-parameters.ts";
import { prompt } from "./prompt.ts";

/**
 * The request of the older text completions, as OpenAI's API reference defines it. Unknown keys pass: compatible
 * clients send many. `null` means "not given" wherever OpenAI accepts it.
 */
export const completionRequestShape = z.object({
  model: z.string().min(1),
  prompt,
  ...commonParameters,
  max_tokens: z.int().min(0).max(MAX_INT).nullish(),
  best_of: z.int().min(0).max(20).nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.int().min(0).max(5).nullish(),
  suffix: z.string().nullish(),
});

export const completionRequest = completionRequestShape.loose();

export type CompletionRequest = z.output<typeof completionRequest>;
