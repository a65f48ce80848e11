import type { ContentBlock, ReasoningContent } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import { CLAUDE, GPT, NOVA_2, rowFor } from "../rules/families.ts";
import { additionalFields, isObject } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { thinking, thinkingType } from "../rules/thinking.ts";
import type { Prompt } from "./prompt.ts";
import { signReasoning } from "./reasoning-signature.ts";

/** How a family shows its reasoning; the last row is everyone else. */
const STYLES: readonly { models: RegExp; show(text: string): ReasoningContent }[] = [
  { models: CLAUDE, show: (text) => ({ reasoningText: { text, signature: signReasoning(text) } }) },
  { models: NOVA_2, show: () => ({ reasoningText: { text: "[REDACTED]" } }) },
  {
    models: /^openai\.gpt-(?!oss)|^xai\.grok/,
    show: (text) => ({ redactedContent: Buffer.from(`encrypted: ${text}`).toString("base64") }),
  },
  { models: /./, show: (text) => ({ reasoningText: { text } }) },
];

const ALWAYS_REASONS = /^deepseek\.r1|^moonshot(ai)?\.kimi|^mistral\.magistral|^minimax\./;
/** Claudes that think unless they are told not to. */
const THINKS_BY_DEFAULT = /^anthropic\.claude-(?:fable|mythos|opus|sonnet|haiku)-5/;

/** The reasoning block that goes before the answer, when reasoning is on. */
export function reasoningBlocks(request: ConverseRequest, model: Model, prompt: Prompt): ContentBlock[] {
  const style = rowFor(STYLES, model.baseId || "unknown");
  if (!style || !reasons(request, model, prompt)) return [];
  const { length } = prompt.text;
  const thought = `The user wrote ${length} characters: ${excerpt(prompt.text)}. A short, honest answer will do.`;
  const hidden = thinking(request)["display"] === "omitted";
  return [{ reasoningContent: style.show(hidden ? "" : thought) }];
}

function reasons(request: ConverseRequest, { baseId }: Model, prompt: Prompt): boolean {
  if (ALWAYS_REASONS.test(baseId)) return true;
  const type = thinkingType(request);
  if (type !== undefined) return thinksNow(type, prompt);
  const { reasoningConfig, reasoning, reasoning_effort: effort } = additionalFields(request);
  if (isObject(reasoningConfig)) return reasoningConfig["type"] === "enabled";
  const wanted = isObject(reasoning) ? reasoning["effort"] : effort;
  if (typeof wanted === "string") return wanted !== "none";
  return THINKS_BY_DEFAULT.test(baseId) || GPT.test(baseId);
}

/** Between tools, a Claude thinks only over what a tool has brought. */
function thinksNow(type: string, { results }: Prompt): boolean {
  return type === "between_tools" ? results.length > 0 : type !== "disabled";
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
