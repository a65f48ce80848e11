import type { JsonObject } from "../../conversation/types.ts";
import { invalidRequest } from "../../errors.ts";
import { chatRequestShape } from "../../openai/chat-request.ts";
import { type CompletionRequest, completionRequestShape } from "../../openai/completion-request.ts";
import type { Notes } from "../../reception/notes.ts";
import { foreignIn, noteUnplaced, UNMAPPED as NOWHERE, type Unmapped } from "../../reception/unmapped.ts";

/** Answers to one request; each is a call to AWS. */
const MAX_CHOICES = 2048;

const OWN = Object.keys(completionRequestShape.shape);

const chatOnly = Object.keys(chatRequestShape.shape).filter((name) => !OWN.includes(name));

const UNMAPPED: Unmapped = {
  ...NOWHERE,
  ...Object.fromEntries(chatOnly.map((name) => [name, { reason: "Only /chat/completions takes this." }])),
  logprobs: { reason: "This way to the model returns no log probabilities." },
};

const KNOWN: ReadonlySet<string> = new Set([...OWN, ...Object.keys(UNMAPPED)]);

/** Names every parameter that is given but has no place in a conversation. */
export function noteUnmapped(request: CompletionRequest, notes: Notes): void {
  noteUnplaced(request, UNMAPPED, KNOWN, notes);
  if ((request.best_of ?? 1) > (request.n ?? 1)) {
    const reason = "Bedrock gives no log probabilities to choose the best by; n answers are made.";
    notes.note("best_of", "dropped", reason);
  }
}

/** Keys that neither OpenAI nor Bedrock knows: the model may. */
export const nativeFields = (request: CompletionRequest): JsonObject => foreignIn(request, KNOWN);

/**
 * What would change the answer's meaning is refused: leaving it out would look like success.
 * @throws BedrockOpenAIError 400.
 */
export function refuseUnsupported({ suffix, n }: CompletionRequest, prompts: number): void {
  if (suffix) {
    throw invalidRequest(
      "Unsupported parameter: 'suffix' is not supported with this model. No chat model on Bedrock fills in the middle.",
      { code: "unsupported_parameter", param: "suffix" },
    );
  }
  const choices = prompts * (n ?? 1);
  if (choices <= MAX_CHOICES) return;
  throw invalidRequest(
    `Invalid 'n': too many choices. Expected 'n' times the number of prompts to be <= ${MAX_CHOICES}, but got ${choices} instead.`,
    { code: "integer_above_max_value", param: "n" },
  );
}
