import type { OperationCall } from "../bedrock/operations.ts";
import type { JsonObject } from "../conversation/types.ts";
import { invalidRequest } from "../errors.ts";
import type { Attachments } from "../http/attachments.ts";
import { imagesIn, type Input } from "./inputs.ts";
import type { Moderator } from "./moderator.ts";
import { FILTER_NAMES } from "./verdict.ts";

/** Blocks of one message. Source: AWS's guide to InvokeGuardrailChecks. */
const MAX_BLOCKS = 10;

/** @throws BedrockOpenAIError 400 for images, which AWS's checks do not take. */
export function requireGuardrail({ guardrail }: Moderator, inputs: readonly Input[]): void {
  const [image] = imagesIn(inputs);
  if (guardrail || !image) return;
  throw invalidRequest(
    `Invalid '${image.at}': without a guardrail only text is moderated. Name one whose content filters look at images: ` +
      "'guardrailConfig': { 'guardrailIdentifier': …, 'guardrailVersion': … }.",
    { code: "unsupported_value", param: image.at },
  );
}

/** One call judges one input. */
export const toCall = (
  moderator: Moderator,
  input: Input,
  content: readonly JsonObject[],
  attachments: Attachments,
): OperationCall => ({
  place: { modelId: moderator.name, family: "", region: moderator.region, account: moderator.account },
  to: { host: "runtime", path: pathOf(moderator) },
  body: moderator.guardrail
    ? { source: "INPUT", content, outputScope: "FULL" }
    : { messages: toMessages(input), checks: { contentFilter: { categories: CATEGORIES } } },
  attachments,
});

const pathOf = ({ guardrail }: Moderator): string =>
  guardrail
    ? `/guardrail/${encodeURIComponent(guardrail.identifier)}/version/${guardrail.version}/apply`
    : "/guardrail-checks/invoke";

const CATEGORIES = FILTER_NAMES.map((category) => ({ category }));

function toMessages({ pieces }: Input): JsonObject[] {
  const blocks = pieces.map(({ data }) => ({ text: data }));
  return Array.from({ length: Math.ceil(blocks.length / MAX_BLOCKS) }, (_, index) => ({
    role: "user",
    content: blocks.slice(index * MAX_BLOCKS, (index + 1) * MAX_BLOCKS),
  }));
}
