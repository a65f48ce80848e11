import { AMBIENT, type BedrockOpenAIHandler } from "../house.ts";
import type { BedrockOpenAIOptions } from "../options.ts";
import { type Answered, answered, type CallOptions } from "./answered.ts";

/** The body of a `POST /embeddings` as an object: OpenAI's parameters and Bedrock's. */
export interface EmbeddingsRequest {
  model: string;
  /** One or several: text, token ids, or pieces such as `{ image_url }`, where the model embeds more than text. */
  input: string | object | readonly (string | number | object)[];
  [parameter: string]: unknown;
}

export interface EmbeddingsResult {
  /** One for each input, in their order. */
  vectors: number[][];
  /** The Bedrock id that embedded them. */
  model: string;
  usage: { prompt_tokens: number; total_tokens: number };
}

/**
 * What `POST /embeddings` answers to the same request, the vectors as numbers, whatever its `encoding_format`. The bound on
 * a body's size (`maxBodyBytes`) does not apply to what is in memory already.
 * @param request The body, as an object. It is read before the first `await`.
 * @param optionsOrHandler As for `completeChat`.
 * @throws BedrockOpenAIError as the request itself would.
 * @throws The signal's reason, once it has fired.
 */
export async function embed<Request extends Pick<EmbeddingsRequest, "model" | "input">>(
  request: Request,
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler = AMBIENT,
  options: CallOptions = {},
): Promise<Answered<EmbeddingsResult>> {
  return answered(optionsOrHandler, options, request, async (context, body) => {
    const { embedInProcess } = await import("../endpoints/slices.ts");
    const { vectors, model, tokens } = await embedInProcess(context, body);
    context.release();
    return { vectors: [...vectors], model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
  });
}
