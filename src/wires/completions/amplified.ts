import { invalidRequest } from "../../errors.ts";
import type { CompletionRequest } from "../../openai/completion-request.ts";
import type { Decoded } from "../decoded.ts";
import type { PromptText } from "./prompts.ts";

/** How many times a body's bound may be sent to AWS, or told back, for one request. */
const MOST = 8;

/**
 * One small request may ask for thousands of calls that each carry all its parameters, or for an answer that repeats a long
 * prompt for every choice.
 * @throws BedrockOpenAIError 400 before anything is sent.
 */
export function refuseAmplified(
  { n, echo }: CompletionRequest,
  prompts: readonly PromptText[],
  decoded: readonly Decoded[],
  maxBodyBytes: number,
): void {
  const most = MOST * maxBodyBytes;
  const choices = n ?? 1;
  const told = prompts.reduce((sum, { text }) => sum + text.length, 0) * choices;
  if (echo && told > most)
    throw invalidRequest(
      "The prompts are too long to be repeated in every choice. Ask for fewer, or without 'echo'.",
      {
        param: "echo",
        code: "string_above_max_length",
      },
    );
  const { messages: _, ...parameters } = decoded[0]?.conversation ?? { messages: [] };
  const sent = JSON.stringify(parameters).length * prompts.length * choices + told;
  if (sent > most)
    throw invalidRequest("Too many prompts for parameters as long as these. Send them in several requests.", {
      param: "prompt",
      code: "array_above_max_length",
    });
}
