import { guardrailAnswer } from "../answers/guardrail.ts";
import { limitText } from "../answers/limits.ts";
import type { AnswerReply } from "../reply.ts";
import type { ConverseRequest } from "../rules/request.ts";

/** How every answer begins that was given to a prompt which does not follow the model's template. */
const BABBLE = "[The prompt does not follow the model's template: ";

/**
 * AWS lets any prompt pass, and a model that finds no turns in it goes on writing at random. So does the emulator, but it
 * says what is wrong.
 */
export function babble(request: ConverseRequest, why: string): AnswerReply {
  const words = `${BABBLE}${why}] user: and then? user: and then? user: and then?`;
  const { text, stopReason } = limitText(words, request.inferenceConfig);
  return guardrailAnswer(request) ?? { content: [{ text }], stopReason };
}
