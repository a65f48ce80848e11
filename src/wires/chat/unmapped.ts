import type { Adjustment } from "../../adjustments.ts";
import { invalidRequest } from "../../errors.ts";
import { chatRequestShape, type ChatRequest } from "../../openai/chat-request.ts";

const MAPPED: ReadonlySet<string> = new Set(Object.keys(chatRequestShape.shape));

/** These say who asks, not what: nothing of the answer depends on them. */
const ABOUT_THE_CALLER: ReadonlySet<string> = new Set([
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "metadata",
]);

/** Asking for these by their default is not asking. */
const DEFAULTS: Record<string, unknown> = {
  logprobs: false,
  store: false,
  frequency_penalty: 0,
  presence_penalty: 0,
};

/** A note for every parameter that has no place in a conversation. */
export function unmappedParameters(request: ChatRequest): Adjustment[] {
  return Object.entries(request)
    .filter(([name, value]) => value != null && !MAPPED.has(name) && !ABOUT_THE_CALLER.has(name))
    .filter(([name, value]) => DEFAULTS[name] !== value)
    .map(([param]) => ({
      param: param.slice(0, 64),
      action: "dropped",
      reason: "This parameter is not sent to Bedrock.",
    }));
}

/** What would change the answer's shape is refused: leaving it out would look like success. */
export function refuseUnsupported(request: ChatRequest): void {
  if (Array.isArray(request["modalities"]) && request["modalities"].includes("audio")) {
    throw unsupportedValue(
      "modalities",
      "Unsupported value: 'modalities' does not support 'audio' on Bedrock.",
    );
  }
  if (Array.isArray(request["functions"]) && request["functions"].length > 0) {
    throw invalidRequest("Unsupported parameter: 'functions' is not supported. Use 'tools' instead.", {
      code: "unsupported_parameter",
      param: "functions",
    });
  }
}

const unsupportedValue = (param: string, message: string): Error =>
  invalidRequest(message, { code: "unsupported_value", param });
