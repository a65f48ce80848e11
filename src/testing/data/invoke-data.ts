import type { JsonObject } from "../../conversation/types.ts";
import { validationError } from "../aws-error.ts";
import type { Answer, Call } from "../call.ts";
import { modelBehind } from "../catalogue/model-behind.ts";
import { resolveBaseModel } from "../catalogue/model-id.ts";
import type { Model } from "../catalogue/model-id.ts";
import { checkBody } from "../invoke/check-body.ts";
import { malformedBody, NO_JSON } from "../invoke/malformed.ts";
import { echoedHeaders } from "../invoke/response-headers.ts";
import { isObject } from "../rules/request.ts";
import { replyByScript } from "../scripted.ts";
import type { Form } from "../wire/forms.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import type { DataFamily } from "./data-family.ts";
import { DATA_FAMILIES } from "./families.ts";

/** A model that does not converse, and how it is called. */
export interface DataModel {
  model: Model;
  family: DataFamily;
}

/** A model that does not converse, by its id or behind an ARN that the account owns. */
export function dataModelOf(called: Model): DataModel | undefined {
  const model = called.baseId ? called : behind(called);
  const family = model && DATA_FAMILIES.find(({ models }) => models.test(model.baseId));
  return family && { model, family };
}

/** InvokeModel for what does not converse, and does not stream either. The request's headers have been read before. */
export function invokeData(
  { account, headers, body }: Call,
  form: Form,
  { model, family }: DataModel,
): Answer {
  if (form.streaming) throw validationError("The model is unsupported for streaming.");
  const checked = checkedBody(body, model, family);
  return replyByScript(account, form, () => {
    const { body: answer, inputTokens } = family.answer(checked, model);
    return jsonOutcome(answer, { ...echoedHeaders(headers), ...told(inputTokens) });
  });
}

function behind({ id }: Model): Model | undefined {
  const baseId = modelBehind(id);
  return baseId === undefined ? undefined : { ...resolveBaseModel(baseId), id };
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
