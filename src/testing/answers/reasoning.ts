import type { ContentBlock } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import { rowFor } from "../rules/families.ts";
import { additionalFields, isObject } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { thinkingType } from "../rules/thinking.ts";
import { signReasoning } from "./reasoning-signature.ts";

type ReasoningContent = NonNullable<ContentBlock["reasoningContent"]>;

/** How a family shows its reasoning; the last row is everyone else. */
const STYLES: readonly { models: RegExp; show(text: string): ReasoningContent }[] = [
  { models: /^anthropic\./, show: (text) => ({ reasoningText: { text, signature: signReasoning(text) } }) },
  { models: /^amazon\.nova-2/, show: () => ({ reasoningText: { text: "[REDACTED]" } }) },
  {
    models: /^openai\.gpt-(?!oss)/,
    show: (text) => ({ redactedContent: Buffer.from(`encrypted: ${text}`).toString("base64") }),
  },
  { models: /./, show: (text) => ({ reasoningText: { text } }) },
];

const ALWAYS_REASONS = /^deepseek\.r1/;
const ON = new Set(["enabled", "adaptive", "between_tools"]);

/** The reasoning block that goes before the answer, when reasoning is on. */
export function reasoningBlocks(request: ConverseRequest, model: Model, text: string): ContentBlock[] {
  if (!reasons(request, model)) return [];
  const thought = `The user wrote ${text.length} characters: ${excerpt(text)}. A short, honest answer will do.`;
  const style = rowFor(STYLES, model.baseId || "unknown");
  return style ? [{ reasoningContent: style.show(thought) }] : [];
}

function reasons(request: ConverseRequest, { baseId }: Model): boolean {
  if (ALWAYS_REASONS.test(baseId) || ON.has(thinkingType(request) ?? "")) return true;
  const { reasoningConfig, reasoning, reasoning_effort: effort } = additionalFields(request);
  if (isObject(reasoningConfig)) return reasoningConfig["type"] === "enabled";
  const wanted = isObject(reasoning) ? reasoning["effort"] : effort;
  return typeof wanted === "string" && wanted !== "none";
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
