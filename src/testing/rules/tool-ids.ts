import { placedBlocks } from "./request.ts";
import { firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const MISTRAL = /^mistral\./;
const MISTRAL_ID = /^[a-zA-Z0-9]{9}$/;

export const TOOL_ID_RULES: readonly Rule[] = [
  {
    name: "Mistral counts the characters of a tool call id",
    check: (request, { baseId }) =>
      MISTRAL.test(baseId)
        ? firstOf(placedBlocks(request), ({ block }) => {
            const id = (block.toolUse ?? block.toolResult)?.toolUseId;
            return id === undefined || MISTRAL_ID.test(id)
              ? undefined
              : modelError(`Tool call id was ${id} but must be a-z, A-Z, 0-9, with a length of 9.`);
          })
        : undefined,
  },
];
