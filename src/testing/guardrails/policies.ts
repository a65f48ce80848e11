import type { JsonObject } from "../../conversation/types.ts";
import type { Content } from "./content.ts";
import type { Finding } from "./finding.ts";
import { filterContent } from "./filters.ts";
import { BLOCKED_WORD } from "./guardrail.ts";
import type { PolicyName } from "./guardrail.ts";
import { ENTITY_TYPES, findSensitive } from "./sensitive.ts";
import { severityOf } from "./words.ts";

/** One policy of a guardrail. */
interface Policy {
  find(content: Content, isInput: boolean): Finding[];
  /** What it does with what it detects. */
  action: "BLOCKED" | "ANONYMIZED";
  /** The member of the assessment. */
  write(findings: readonly JsonObject[]): JsonObject;
  /** Tells what was not found as well, when it is asked to; AWS's word policy does not. */
  tellsAll: boolean;
}

export const POLICIES: Readonly<Record<PolicyName, Policy>> = {
  topic: {
    find: ({ texts }) => {
      const detected = severityOf("INVESTMENT_ADVICE", texts.join("\n")) > 0;
      return [{ name: "Investment advice", type: "DENY", detected }];
    },
    action: "BLOCKED",
    write: (topics) => ({ topicPolicy: { topics } }),
    tellsAll: true,
  },
  content: {
    find: filterContent,
    action: "BLOCKED",
    write: (filters) => ({ contentPolicy: { filters } }),
    tellsAll: true,
  },
  word: {
    find: ({ texts }) => [
      { match: BLOCKED_WORD, detected: texts.some((text) => text.includes(BLOCKED_WORD)) },
    ],
    action: "BLOCKED",
    write: (customWords) => ({ wordPolicy: { customWords, managedWordLists: [] } }),
    tellsAll: false,
  },
  sensitive: {
    find: ({ texts }) => {
      const found = texts.flatMap(findSensitive);
      const absent = ENTITY_TYPES.filter((type) => !found.some((entity) => entity.type === type));
      return [
        ...found.map(({ type, match }) => ({ match, type, detected: true })),
        ...absent.map((type) => ({ match: "", type, detected: false })),
      ];
    },
    action: "ANONYMIZED",
    write: (piiEntities) => ({ sensitiveInformationPolicy: { piiEntities, regexes: [] } }),
    tellsAll: true,
  },
};
