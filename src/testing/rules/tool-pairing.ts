import type { ToolUse } from "../../conversation/types.ts";
import { CLAUDE } from "./families.ts";
import { placedBlocks } from "./request.ts";
import type { RequestMessage } from "./request.ts";
import { firstDuplicate, firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

interface Turn {
  index: number;
  calls: string[];
  results: string[];
  message: RequestMessage;
}

/** Every call is answered, once, in the very next user turn. */
export const TOOL_PAIRING_RULES: readonly Rule[] = [
  {
    name: "tool results answer exactly the calls of the previous turn",
    check: ({ messages = [] }) => {
      const turns = turnsOf(messages);
      return firstOf(turns, ({ index, results }, at) => {
        const calls = turns[at - 1]?.calls ?? [];
        if (results.length > calls.length) {
          return `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`;
        }
        return expectedResults(index, calls, results);
      });
    },
  },
  {
    name: "the last turn's calls are answered",
    check: ({ messages = [] }) => {
      const last = turnsOf(messages).at(-1);
      return last && expectedResults(last.index + 1, last.calls, []);
    },
  },
  {
    name: "tool use ids are unique in the whole request",
    check: (request) => {
      const calls = placedBlocks(request).filter(({ block }) => block.toolUse);
      const twice = firstDuplicate(calls, ({ block }) => block.toolUse?.toolUseId ?? "");
      return twice && modelError(`${twice.at}: \`tool_use\` ids must be unique`);
    },
  },
  {
    name: "Claude wants tool results before anything else in their turn",
    check: ({ messages = [] }, { baseId }) => {
      if (!CLAUDE.test(baseId)) return undefined;
      return firstOf(turnsOf(messages), ({ index, results, message }) => {
        const leading = message.content.slice(0, results.length);
        if (leading.every((block) => block.toolResult)) return undefined;
        return modelError(
          `messages.${index - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ` +
            `${results.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
        );
      });
    },
  },
];

function turnsOf(messages: readonly RequestMessage[]): Turn[] {
  return messages.flatMap((message, index) => {
    if (message.role === "system") return [];
    const calls = message.content.flatMap(({ toolUse }) =>
      toolUse && !runsAtAws(toolUse) ? [toolUse.toolUseId] : [],
    );
    const results = message.content.flatMap(({ toolResult }) => (toolResult ? [toolResult.toolUseId] : []));
    return [{ index, message, calls, results: message.role === "user" ? results : [] }];
  });
}

/** Server tools bring their results in the assistant's own turn. */
function runsAtAws({ type }: ToolUse): boolean {
  return type === "server_tool_use";
}

function expectedResults(index: number, calls: string[], results: string[]): string | undefined {
  const missing = calls.filter((id) => !results.includes(id));
  if (missing.length === 0) return undefined;
  return `Expected toolResult blocks at messages.${index}.content for the following Ids: ${missing.join(", ")}`;
}
