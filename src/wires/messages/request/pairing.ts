import type { MessageParam } from "../../../anthropic/request.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../../errors.ts";

/**
 * Every call is answered by the results in the turn right after it, and every result answers one.
 * @throws BedrockOpenAIError 400 in Anthropic's words, naming the message.
 */
export function checkToolPairing(messages: readonly MessageParam[]): void {
  let ids = new Set<string>();
  let open = new Set<string>();
  let calledAt = 0;
  let before: MessageParam["role"] | undefined;
  for (const [index, { role, content }] of messages.entries()) {
    // Instructions do not come between a call and its result.
    if (role === "system") continue;
    if (role === "assistant") {
      // Turns of one side that stand side by side are one.
      if (before !== "assistant") {
        if (open.size > 0) throw unanswered(calledAt, open);
        ids = new Set();
      }
      const calls = idsIn(content, "tool_use").map(([, id]) => id);
      if (calls.length > 0) calledAt = index;
      for (const id of calls) ids.add(id);
      open = new Set(ids);
    } else {
      for (const [at, id] of idsIn(content, "tool_result")) {
        if (!ids.has(id)) throw orphan(`messages.${index}.content.${at}`, id);
        open.delete(id);
      }
    }
    before = role;
  }
  if (open.size > 0) throw unanswered(calledAt, open);
}

function idsIn(content: MessageParam["content"], type: "tool_use" | "tool_result"): [number, string][] {
  if (typeof content === "string") return [];
  return content.flatMap((block, at): [number, string][] => {
    if (block.type !== type) return [];
    return [[at, block.type === "tool_use" ? block.id : block.tool_use_id]];
  });
}

const unanswered = (index: number, open: ReadonlySet<string>): BedrockOpenAIError =>
  invalidRequest(
    `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${list(open)}. ` +
      "Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
    { param: `messages.${index}` },
  );

const orphan = (at: string, id: string): BedrockOpenAIError =>
  invalidRequest(
    `${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id.slice(0, 64)}. ` +
      "Each `tool_result` block must have a corresponding `tool_use` block in the previous message.",
    { param: at },
  );

const list = (ids: ReadonlySet<string>): string =>
  [...ids]
    .slice(0, 10)
    .map((id) => id.slice(0, 64))
    .join(", ");
