import { CLAUDE, CLAUDE_FROM_4_7 } from "./families.ts";
import { additionalFields, isObject } from "./request.ts";
import { modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { thinking, thinkingType } from "./thinking.ts";

/** The members of `thinking` beside its type; a type without a row is refused for itself. */
const MEMBERS: Record<string, readonly string[]> = {
  enabled: ["budget_tokens", "display"],
  adaptive: ["display", "block_binding"],
  between_tools: ["display", "block_binding"],
  disabled: [],
};
const DISPLAYS = new Set<unknown>([undefined, "summarized", "omitted"]);
const GOVCLOUD = /(?:^|\/)us-gov\./;

export const THINKING_FIELD_RULES: readonly Rule[] = [
  {
    name: "thinking is an object with a type",
    check: (request, { baseId }) => {
      const { thinking: given } = additionalFields(request);
      if (!CLAUDE.test(baseId) || given === undefined) return undefined;
      if (!isObject(given)) return modelError("thinking: Input should be a valid dictionary");
      return thinkingType(request) === undefined ? modelError("thinking.type: Field required") : undefined;
    },
  },
  {
    name: "each kind of thinking has its own members, and effort is of none",
    check: (request, { id, baseId }) => {
      const type = thinkingType(request) ?? "";
      const known = MEMBERS[type];
      if (!known || !CLAUDE.test(baseId)) return undefined;
      const refused = Object.keys(thinking(request)).find(
        (key) =>
          key !== "type" &&
          (!known.includes(key) ||
            (key === "block_binding" && !CLAUDE_FROM_4_7.test(baseId)) ||
            (key === "display" && GOVCLOUD.test(id))),
      );
      return refused && modelError(`thinking.${type}.${refused}: Extra inputs are not permitted`);
    },
  },
  {
    name: "thinking is shown in summary or not at all",
    check: (request, { baseId }) =>
      !CLAUDE.test(baseId) || DISPLAYS.has(thinking(request)["display"])
        ? undefined
        : modelError(`thinking.${thinkingType(request)}.display: Input should be 'summarized' or 'omitted'`),
  },
];
