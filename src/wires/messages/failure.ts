import type { BedrockOpenAIError } from "../../errors.ts";

/** A failure in Anthropic's words. */
export const inAnthropicWords = (error: BedrockOpenAIError, requestId: string): Response =>
  Response.json(
    { type: "error", error: { type: "api_error", message: error.message }, request_id: requestId },
    { status: error.status, headers: error.headers },
  );
