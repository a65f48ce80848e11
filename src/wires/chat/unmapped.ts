import type { Adjustment } from "../../adjustments.ts";
import { invalidRequest } from "../../errors.ts";
import { chatRequestShape, type ChatRequest } from "../../openai/chat-request.ts";

const MAPPED: ReadonlySet<string> = new Set(Object.keys(chatRequestShape.shape));

/** Asking for these by their default is not asking. */
const DEFAULTS: Record<string, unknown> = {
  logprobs: false,
  store: false,
  frequency_penalty: 0,
  presence_penalty: 0,
};

/** More than this many tell nobody more. */
const MAX_NOTES = 50;

/** A note for every parameter that has no place in a conversation. */
export function unmappedParameters(request: ChatRequest): Adjustment[] {
  const unmapped = Object.keys(request).filter(
    (name) => !MAPPED.has(name) && request[name] != null && request[name] !== DEFAULTS[name],
  );
  const notes = unmapped.slice(0, MAX_NOTES).map((name) => dropped(name.slice(0, 64)));
  return unmapped.length > MAX_NOTES ? [...notes, dropped(`${unmapped.length - MAX_NOTES} more`)] : notes;
}

const dropped = (param: string): Adjustment => ({
  param,
  action: "dropped",
  reason: "This parameter is not sent to Bedrock.",
});

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
