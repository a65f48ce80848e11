import type { JsonObject } from "../../../conversation/types.ts";
import { invalidRequest } from "../../../errors.ts";
import { chatRequestShape, type ChatRequest } from "../../../openai/chat-request.ts";
import { foreignIn, forModels, type ForModels, noteUnplaced, UNMAPPED } from "../../../reception/unmapped.ts";
import type { Decoding } from "../../request/decoding.ts";

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(chatRequestShape.shape),
  ...Object.keys(UNMAPPED),
]);

/** Names every parameter that is given but has no place in a conversation. */
export function noteUnmapped(request: ChatRequest, decoding: Decoding): void {
  noteUnplaced(request, UNMAPPED, KNOWN, decoding);
  if (request.logprobs)
    decoding.note("logprobs", "dropped", "This way to the model returns no log probabilities.");
}

/** A request without what is not meant for models. */
export const withoutStrangers = (body: JsonObject): ForModels => forModels(body, KNOWN);

/** Keys that neither OpenAI nor Bedrock knows: the model may. */
export const nativeFields = (request: ChatRequest): JsonObject => foreignIn(request, KNOWN);

/**
 * What would change the answer's shape is refused: leaving it out would look like success.
 * @throws BedrockOpenAIError 400.
 */
export function refuseUnsupported(request: ChatRequest): void {
  if (request.modalities?.includes("audio")) {
    throw invalidRequest("Unsupported value: 'modalities' does not support 'audio' on Bedrock.", {
      code: "unsupported_value",
      param: "modalities",
    });
  }
  if (request.top_logprobs != null && request.top_logprobs > 0 && !request.logprobs) {
    throw invalidRequest(
      "Invalid value for 'top_logprobs': it can only be used when 'logprobs' is set to true.",
      {
        code: "invalid_value",
        param: "top_logprobs",
      },
    );
  }
}
