import type { JsonObject } from "../../../conversation/types.ts";
import { invalidRequest } from "../../../errors.ts";
import { type ResponsesRequest, responsesRequestShape } from "../../../openai/responses/request.ts";
import { foreignIn, noteUnplaced, UNMAPPED, type Unmapped } from "../../../reception/unmapped.ts";
import type { Decoding } from "../../request/decoding.ts";

/** Chat's parameters that are called otherwise here. OpenAI refuses them too. */
const MOVED: Readonly<Record<string, string>> = {
  messages: "input",
  max_tokens: "max_output_tokens",
  max_completion_tokens: "max_output_tokens",
  response_format: "text.format",
  functions: "tools",
  function_call: "tool_choice",
};

const { store: _, verbosity, ...shared } = UNMAPPED;

const NOWHERE: Unmapped = {
  ...shared,
  verbosity: verbosity!,
  n: { reason: "A response is one answer.", default: 1 },
  logprobs: { reason: "This way to the model returns no log probabilities.", default: false },
  top_logprobs: { reason: "This way to the model returns no log probabilities.", default: 0 },
  context_management: { reason: "Nothing is compacted unasked; POST /responses/compact does it." },
};

/** What OpenAI's own models do with their thoughts. */
const REASONING: Unmapped = {
  mode: { reason: "This way to the model has no modes of reasoning.", default: "standard" },
  context: { reason: "The model decides which of its earlier thoughts it reads.", default: "auto" },
};

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(responsesRequestShape.shape),
  ...Object.keys(NOWHERE),
]);

/** Keys that neither OpenAI nor Bedrock knows: the model may. */
export const foreignFields = (request: ResponsesRequest): JsonObject => foreignIn(request, KNOWN);

/** Names every parameter that is given but has no place in a conversation. */
export function noteUnmapped(request: ResponsesRequest, decoding: Decoding): void {
  noteUnplaced(request, NOWHERE, KNOWN, decoding);
  const { text, include, reasoning } = request;
  if (text?.verbosity && text.verbosity !== verbosity!.default)
    decoding.note("text.verbosity", "dropped", verbosity!.reason);
  for (const [name, { reason, default: usual }] of Object.entries(REASONING))
    if (reasoning?.[name] != null && reasoning[name] !== usual)
      decoding.note(`reasoning.${name}`, "dropped", reason);
  const index = include?.indexOf("message.output_text.logprobs") ?? -1;
  if (index >= 0) decoding.note(`include[${index}]`, "dropped", NOWHERE["logprobs"]!.reason);
}

/**
 * What would change the answer is refused: leaving it out would look like success.
 * @throws BedrockOpenAIError 400.
 */
export function refuseUnsupported(request: ResponsesRequest): void {
  if (request.prompt != null)
    throw unsupported("prompt", "No prompts are stored here; send instructions and input instead.");
  const moved = Object.keys(MOVED).find((name) => request[name] != null);
  if (moved !== undefined)
    throw unsupported(moved, `In the Responses API, this parameter has moved to '${MOVED[moved]}'.`);
}

const unsupported = (param: string, why: string): Error =>
  invalidRequest(`Unsupported parameter: '${param}'. ${why}`, { code: "unsupported_parameter", param });
