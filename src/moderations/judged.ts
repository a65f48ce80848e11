import type { OperationAnswer } from "../bedrock/operations.ts";
import { invalidRequest } from "../errors.ts";
import type { ModeratedType } from "../openai/moderation-response.ts";
import type { Input } from "./inputs.ts";
import type { Moderator } from "./moderator.ts";
import { noVerdict } from "./no-verdict.ts";
import { readChecks } from "./read-checks.ts";
import { readGuardrail } from "./read-guardrail.ts";
import type { Verdict } from "./verdict.ts";

/**
 * What Bedrock makes of an input. What it flags is flagged; what it lets pass it must have looked at.
 * @throws BedrockOpenAIError 502 where it does not say, 400 where the guardrail does not look at such things.
 */
export function judged(
  { text }: OperationAnswer,
  { pieces, at }: Input,
  { name, guardrail }: Moderator,
): Verdict {
  const answer = parsed(text);
  if (!guardrail) return readChecks(answer);
  const { unseen, ...verdict } = readGuardrail(answer, [...new Set(pieces.map(({ kind }) => kind))]);
  const [kind] = unseen;
  if (verdict.flagged || kind === undefined) return verdict;
  throw invalidRequest(`The guardrail '${name}' did not look at every ${kind} of '${at}'. ${HINTS[kind]}`, {
    code: "moderation_unavailable",
    param: at,
  });
}

const HINTS: Readonly<Record<ModeratedType, string>> = {
  text: "What is not looked at is not moderated.",
  image: "Let its content filters look at images, or moderate the text alone.",
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noVerdict(cause);
  }
}
