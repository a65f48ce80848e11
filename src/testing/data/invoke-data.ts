import type { JsonObject } from "../../conversation/types.ts";
import { validationError } from "../aws-error.ts";
import type { Answer, Call } from "../call.ts";
import type { Model } from "../catalogue/model-id.ts";
import { checkBody } from "../invoke/check-body.ts";
import { malformedBody, NO_JSON } from "../invoke/malformed.ts";
import { echoedHeaders } from "../invoke/response-headers.ts";
import { isObject } from "../rules/request.ts";
import { replyByScript } from "../scripted.ts";
import { JSON_FORM } from "../wire/forms.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import type { DataFamily } from "./data-family.ts";
import { DATA_FAMILIES } from "./families.ts";

/** The family of a model that does not converse; of an ARN that hides its model, that of the body. */
export function dataFamilyOf(model: Model, body: unknown): DataFamily | undefined {
  if (model.baseId) return DATA_FAMILIES.find(({ models }) => models.test(model.baseId));
  if (!isObject(body)) return undefined;
  return DATA_FAMILIES.find((family) => checkBody(family.shape(model, body), body).length === 0);
}

/** InvokeModel for what does not converse. The request's headers have been read before. */
export function invokeData({ account, headers, body }: Call, model: Model, family: DataFamily): Answer {
  const checked = checkedBody(body, model, family);
  return replyByScript(account, JSON_FORM, () => {
    const { body: answer, inputTokens } = family.answer(checked, model);
    return jsonOutcome(answer, { ...echoedHeaders(headers), ...told(inputTokens) });
  });
}

function checkedBody(body: unknown, model: Model, family: DataFamily): JsonObject {
  if (!isObject(body)) throw validationError(NO_JSON);
  const findings = checkBody(family.shape(model, body), body);
  const refused = family.refuse?.(findings) ?? malformedBody(findings) ?? family.check?.(body, model);
  if (refused !== undefined) throw validationError(refused);
  return body;
}

const told = (inputTokens: number | undefined): Record<string, string> => ({
  "x-amzn-bedrock-invocation-latency": "1",
  ...(inputTokens !== undefined && { "x-amzn-bedrock-input-token-count": String(inputTokens) }),
});
