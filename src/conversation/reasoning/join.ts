import type { ContentBlockDelta, ReasoningContent } from "../types.ts";

type Part = NonNullable<ContentBlockDelta["reasoningContent"]>;

/** A reasoning block with the next piece of its stream added. */
export function joinReasoning(before: ReasoningContent | undefined, part: Part): ReasoningContent {
  if (part.redactedContent !== undefined)
    return { redactedContent: joinBase64(before?.redactedContent, part.redactedContent) };
  const { text = "", signature } = before?.reasoningText ?? {};
  const signed = signature || part.signature ? { signature: (signature ?? "") + (part.signature ?? "") } : {};
  return { reasoningText: { text: text + (part.text ?? ""), ...signed } };
}

/** Two pieces of base64 as one: each may end in padding, so the texts cannot simply stand side by side. */
function joinBase64(before: string | undefined, next: string): string {
  if (!before) return next;
  return before.endsWith("=") || before.length % 4 !== 0 ? btoa(atob(before) + atob(next)) : before + next;
}
