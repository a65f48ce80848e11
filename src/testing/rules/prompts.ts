import type { ConverseRequest } from "./request.ts";
import { firstOf } from "./rule.ts";
import type { Rule } from "./rule.ts";

const PROMPT_ARN = /:prompt\//;
const SET_IN_THE_PROMPT = [
  "additionalModelRequestFields",
  "inferenceConfig",
  "system",
  "toolConfig",
] as const;

/** A prompt of Prompt management brings these itself, and may bring the messages. */
export const PROMPT_RULES: readonly Rule[] = [
  {
    name: "a managed prompt decides everything but the messages",
    check: (request, { id }) =>
      PROMPT_ARN.test(id)
        ? firstOf(SET_IN_THE_PROMPT, (member) =>
            request[member]
              ? `${member} can't be used with a prompt resource. Remove ${member} and try again.`
              : undefined,
          )
        : undefined,
  },
];

/** Whether the messages may be left out. */
export function messagesAreOptional(request: ConverseRequest, id: string): boolean {
  return request.messages === undefined && PROMPT_ARN.test(id);
}
