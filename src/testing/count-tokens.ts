import { measureUsage } from "./answers/usage.ts";
import { validationError } from "./aws-error.ts";
import type { Answer, Call } from "./call.ts";
import { resolveBaseModel } from "./catalogue/model-id.ts";
import type { Model } from "./catalogue/model-id.ts";
import { readNativeRequest } from "./invoke/native-request.ts";
import { isObject } from "./rules/request.ts";
import type { ConverseRequest } from "./rules/request.ts";
import { checkRules } from "./rules/rule.ts";
import { RULES } from "./rules/rules.ts";
import { readShape } from "./shapes/check-shape.ts";
import { countTokensRequest } from "./shapes/count-tokens-request.ts";
import { jsonOutcome } from "./wire/whole-outcome.ts";

/** AWS counts for Claude 3 and 4 alone. */
const COUNTS = /^anthropic\.claude-(3-|(opus|sonnet|haiku)-4-)/;

interface Input {
  converse?: ConverseRequest;
  /** Base64. */
  invokeModel?: { body: string };
}

/** POST /model/{modelId}/count-tokens: the emulator's own estimate, which its answers' usage holds too. */
export function countTokens({ modelId, body }: Call): Answer {
  const members = isObject(body) ? { ...body, modelId } : (body ?? { modelId });
  const { input } = readShape(countTokensRequest, members) as { input: Input };
  const model = resolveBaseModel(modelId);
  if (!COUNTS.test(model.baseId))
    throw validationError("The provided model doesn't support counting tokens.");
  const request = input.invokeModel ? readInvoke(input.invokeModel.body, model) : (input.converse ?? {});
  if (input.converse) checkRules(RULES, request, model, false);
  const { totalTokens } = measureUsage(request, modelId, 0, new Set());
  return { outcome: jsonOutcome({ inputTokens: totalTokens }) };
}

function readInvoke(base64: string, model: Model): ConverseRequest {
  return readNativeRequest(parse(Buffer.from(base64, "base64").toString()), model, false).request;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
