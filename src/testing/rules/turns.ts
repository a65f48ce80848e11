import { messagesAreOptional } from "./prompts.ts";
import type { RequestMessage } from "./request.ts";
import { firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

const SYSTEM_TURNS = /^anthropic\.claude-(?:opus-4-8|fable-5|mythos-5|(?:opus|sonnet|haiku)-[5-9])/;

/** Who speaks when. `system` messages stand outside the alternation. */
export const TURN_RULES: readonly Rule[] = [
  {
    name: "a conversation starts with a user message",
    check: (request, { id }) =>
      request.messages?.[0]?.role === "user" || messagesAreOptional(request, id)
        ? undefined
        : "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
  },
  {
    name: "roles alternate",
    check: ({ messages = [] }) => {
      const speakers = messages.filter(({ role }) => role !== "system");
      const repeated = speakers.some(({ role }, index) => role === speakers[index + 1]?.role);
      return repeated
        ? "A conversation must alternate between user and assistant roles. Make sure the conversation alternates " +
            "between user and assistant roles and try again."
        : undefined;
    },
  },
  {
    name: "no message is empty",
    check: ({ messages = [] }) =>
      firstOf(messages, ({ content }, index) =>
        content.length === 0
          ? `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the ` +
            "content field and try again."
          : undefined,
      ),
  },
  {
    name: "system messages are for newer Claudes, after a user turn, before an assistant turn, in text",
    check: ({ messages = [] }, { baseId }) =>
      firstOf(messages, (message, index) => {
        if (message.role !== "system") return undefined;
        if (baseId && !SYSTEM_TURNS.test(baseId))
          return modelError(`messages.${index}: role 'system' is not supported on this model`);
        return systemTurnFits(messages, index)
          ? undefined
          : modelError(
              `messages.${index}: role 'system' must follow a user message and precede an assistant message, and holds only text`,
            );
      }),
  },
];

function systemTurnFits(messages: readonly RequestMessage[], index: number): boolean {
  const [before, message, after] = [messages[index - 1], messages[index], messages[index + 1]];
  const onlyText = message?.content.every((block) => block.text ?? block.toolAddition ?? block.toolRemoval);
  return before?.role === "user" && (!after || after.role === "assistant") && Boolean(onlyText);
}
