import type { JsonObject } from "../family.ts";
import type { AnthropicBody } from "./read.ts";

type Block = { type?: string; id?: string; tool_use_id?: string; text?: string };
interface Turn {
  role: string;
  blocks: Block[];
}

type Check = (turns: readonly Turn[], body: AnthropicBody) => string | undefined;

/** What Anthropic refuses in a body that has the right shape; the messages are its own. */
export function checkAnthropic(native: JsonObject): string | undefined {
  const body = native as AnthropicBody;
  const turns = turnsOf(body);
  for (const check of CHECKS) {
    const problem = check(turns, body);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * The flags of Claude on Bedrock, whatever their date; one that is none of them and the request is refused, without its name.
 * Source: AWS's guide to Claude's request body, `anthropic_beta`; gateways' reports of "invalid beta flag".
 */
const BETA_FLAGS =
  /^(computer-use|tool-search-tool|context-1m|context-management|effort|tool-examples|fine-grained-tool-streaming|compact|interleaved-thinking|thinking-binding-controls|token-efficient-tools|output-128k|dev-full-thinking)-\d{4}-\d{2}-\d{2}$/i;

const CHECKS: readonly Check[] = [
  (_, { anthropic_beta: flags }) =>
    Array.isArray(flags) && !flags.every((flag) => BETA_FLAGS.test(String(flag)))
      ? "invalid beta flag"
      : undefined,
  ([first]) => (first?.role === "user" ? undefined : 'messages: first message must use the "user" role'),
  (turns) => {
    const last = turns.length - 1;
    const at = turns.findIndex(
      ({ role, blocks }, index) => blocks.length === 0 && !(index === last && role === "assistant"),
    );
    return at < 0
      ? undefined
      : `messages.${at}: all messages must have non-empty content except for the optional final assistant message`;
  },
  (turns) =>
    turns.some(({ blocks }) => blocks.some(({ type, text }) => type === "text" && text?.trim() === ""))
      ? "messages: text content blocks must contain non-whitespace text"
      : undefined,
  unansweredCall,
  unaskedResult,
  (_, { tools = [], tool_choice: choice }) =>
    choice?.type === "tool" && !tools.some(({ name }) => name === choice.name)
      ? `Tool '${choice.name}' not found in provided tools`
      : undefined,
  (_, { tools = [], tool_choice: choice }) =>
    choice && choice.type !== "none" && tools.length === 0
      ? "tool_choice: tool_choice may only be specified while providing tools."
      : undefined,
  (_, { tools = [] }) => {
    const names = tools.map(({ name }) => name);
    return new Set(names).size === names.length ? undefined : "tools: Tool names must be unique.";
  },
];

/** Every call is answered at the beginning of the next turn. */
function unansweredCall(turns: readonly Turn[]): string | undefined {
  for (const [index, turn] of turns.entries()) {
    const calls = turn.blocks.flatMap(({ type, id }) => (type === "tool_use" && id ? [id] : []));
    const next = turns[index + 1]?.blocks ?? [];
    const results = new Set(next.slice(0, calls.length).map(({ tool_use_id: id }) => id));
    const missing = calls.filter((id) => !results.has(id));
    if (missing.length > 0) {
      return (
        `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ` +
        `${missing.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`
      );
    }
  }
  return undefined;
}

function unaskedResult(turns: readonly Turn[]): string | undefined {
  for (const [index, { blocks }] of turns.entries()) {
    const calls = new Set((turns[index - 1]?.blocks ?? []).map(({ id }) => id));
    const at = blocks.findIndex(({ type, tool_use_id: id }) => type === "tool_result" && !calls.has(id));
    if (at >= 0) {
      return (
        `messages.${index}.content.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ` +
        `${blocks[at]?.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the ` +
        "previous message."
      );
    }
  }
  return undefined;
}

/** Turns of the same speaker are one to Anthropic. */
function turnsOf({ messages }: AnthropicBody): Turn[] {
  const turns: Turn[] = [];
  for (const { role, content } of messages) {
    const blocks: Block[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
    const last = turns.at(-1);
    if (last?.role === role) last.blocks.push(...blocks);
    else turns.push({ role, blocks: [...blocks] });
  }
  return turns;
}
