import type { JsonObject } from "../../conversation/types.ts";
import { unknownOperation, validationError } from "../aws-error.ts";
import type { Answer, Call } from "../call.ts";
import { replyByScript } from "../scripted.ts";
import { readShape } from "../shapes/check-shape.ts";
import { guardrailChecksRequest } from "../shapes/guardrail-checks-request.ts";
import { constraintSentence, constraintsMessage } from "../shapes/wording.ts";
import { JSON_FORM } from "../wire/forms.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { textUnits } from "./measure.ts";
import { findSensitive } from "./sensitive.ts";
import { severityOf } from "./words.ts";
import type { Harm } from "./words.ts";

/** Source: AWS's guide to InvokeGuardrailChecks, and so are the two limits. */
const REGIONS = new Set(
  "us-east-1 us-east-2 us-west-2 eu-west-2 eu-north-1 ap-northeast-1 ap-southeast-2".split(" "),
);
const MAX_BLOCKS = 10;
const MAX_ENTITIES = 1000;

const CONFIDENCE = 0.8;

interface ChecksRequest {
  messages: { content: { text: string }[] }[];
  checks: Checks;
}

interface Checks {
  contentFilter?: { categories: { category: Harm }[] };
  promptAttack?: { categories: { category: Harm }[] };
  sensitiveInformation?: { entities: { type: string }[] };
}

/** What each check makes of its configuration and the messages. */
const CHECKS: {
  [K in keyof Checks]-?: (config: NonNullable<Checks[K]>, messages: ChecksRequest["messages"]) => JsonObject;
} = {
  contentFilter: scoreCategories,
  promptAttack: scoreCategories,
  sensitiveInformation: locateEntities,
};

/** POST /guardrail-checks/invoke: only what is asked for is answered, and paid. */
export function invokeGuardrailChecks({ account, body = {} }: Call): Answer {
  if (!REGIONS.has(account.region)) throw unknownOperation();
  const { messages, checks } = readShape(guardrailChecksRequest, body) as ChecksRequest;
  refuseMoreBlocks(messages);
  const asked = Object.entries(checks) as [keyof Checks, never][];
  if (asked.length === 0) throw validationError("At least one check must be specified in checks.");
  const units = textUnits(messages.flatMap(({ content }) => content.map(({ text }) => text)));
  const results = asked.map(([name, config]) => [name, CHECKS[name](config, messages)]);
  const usage = asked.map(([name]) => [name, { textUnits: units }]);
  return replyByScript(account, JSON_FORM, () =>
    jsonOutcome({ results: Object.fromEntries(results), usage: Object.fromEntries(usage) }),
  );
}

function refuseMoreBlocks(messages: ChecksRequest["messages"]): void {
  const index = messages.findIndex(({ content }) => content.length > MAX_BLOCKS);
  if (index < 0) return;
  const constraint = `Member must have length less than or equal to ${MAX_BLOCKS}`;
  const at = `messages.${index + 1}.member.content`;
  throw validationError(constraintsMessage([constraintSentence(at, undefined, constraint)]));
}

function scoreCategories(
  { categories }: { categories: { category: Harm }[] },
  messages: ChecksRequest["messages"],
): JsonObject {
  const text = messages.flatMap(({ content }) => content.map(({ text }) => text)).join("\n");
  return {
    results: categories.map(({ category }) => ({ category, severityScore: severityOf(category, text) })),
  };
}

/** The offsets are characters of JavaScript's, within the block. */
function locateEntities(
  { entities }: { entities: { type: string }[] },
  messages: ChecksRequest["messages"],
): JsonObject {
  const found = messages.flatMap(({ content }, messageIndex) =>
    content.flatMap(({ text }, contentIndex) =>
      findSensitive(text)
        .filter(({ type }) => entities.some((entity) => entity.type === type))
        .map(({ type, begin: beginOffset, end: endOffset }) => ({
          type,
          confidenceScore: CONFIDENCE,
          beginOffset,
          endOffset,
          messageIndex,
          contentIndex,
        })),
    ),
  );
  return { results: found.slice(0, MAX_ENTITIES), truncated: found.length > MAX_ENTITIES };
}
