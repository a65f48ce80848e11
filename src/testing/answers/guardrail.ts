import type { JsonObject } from "../../conversation/types.ts";
import { BLOCKED_MESSAGE, BLOCKED_WORD } from "../guardrails/guardrail.ts";
import type { AnswerReply } from "../reply.ts";
import { placedBlocks } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { lastUserBlocks } from "./prompt.ts";

/** What is answered in the model's place when the request's guardrail blocks its input. */
export function guardrailAnswer(request: ConverseRequest): AnswerReply | undefined {
  const { guardrailIdentifier: id, trace } = request.guardrailConfig ?? {};
  if (!id || !guardedTexts(request).some((text) => text.includes(BLOCKED_WORD))) return undefined;
  return {
    content: [{ text: BLOCKED_MESSAGE }],
    stopReason: "guardrail_intervened",
    usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    ...((trace === "enabled" || trace === "enabled_full") && { trace: guardrailTrace(String(id)) }),
  };
}

/** All text of the last user turn, or what is marked for the guardrail, wherever it stands. */
function guardedTexts(request: ConverseRequest): string[] {
  const blocks = [...(request.system ?? []), ...placedBlocks(request).map(({ block }) => block)];
  const marked = blocks.flatMap(({ guardContent }) => guardContent ?? []);
  if (marked.length > 0) return marked.flatMap(({ text }) => text?.text ?? []);
  return lastUserBlocks(request).flatMap(({ text }) => text ?? []);
}

function guardrailTrace(id: string): JsonObject {
  const customWords = [{ match: BLOCKED_WORD, action: "BLOCKED", detected: true }];
  const assessment = { wordPolicy: { customWords, managedWordLists: [] } };
  return { guardrail: { inputAssessment: { [id]: assessment }, actionReason: "Guardrail blocked." } };
}
