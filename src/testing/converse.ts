import { completeAnswer } from "./answers/complete.ts";
import { defaultAnswer } from "./answers/default-answer.ts";
import type { Answer, Call } from "./call.ts";
import { resolveModel } from "./catalogue/model-id.ts";
import { isObject } from "./rules/request.ts";
import type { ConverseRequest } from "./rules/request.ts";
import { checkRules } from "./rules/rule.ts";
import { RULES } from "./rules/rules.ts";
import { answerByScript } from "./scripted.ts";
import { readShape } from "./shapes/check-shape.ts";
import { converseRequest, converseStreamRequest } from "./shapes/converse-request.ts";
import type { Shape } from "./shapes/shape.ts";
import { JSON_FORM, STREAM_FORM } from "./wire/forms.ts";
import type { ConverseForm } from "./wire/forms.ts";

/** POST /model/{modelId}/converse */
export function converse(call: Call): Answer {
  return serve(call, converseRequest, JSON_FORM);
}

/** POST /model/{modelId}/converse-stream */
export function converseStream(call: Call): Answer {
  return serve(call, converseStreamRequest, STREAM_FORM);
}

/** Shape, model and rules come before the script: what AWS refuses uses no reply up. */
function serve({ account, modelId, body }: Call, shape: Shape, form: ConverseForm): Answer {
  const request = readRequest(shape, modelId, body);
  const model = resolveModel(modelId);
  checkRules(RULES, request, model, form.streaming);
  return answerByScript(
    account,
    form,
    () => defaultAnswer(request, model),
    (answer) => form.answer(completeAnswer(answer, request, modelId, account.cachedPrefixes)),
  );
}

function readRequest(shape: Shape, modelId: string, body: unknown): ConverseRequest {
  const members = body === undefined ? {} : body;
  return readShape(
    shape,
    isObject(members) ? { ...members, modelId } : members,
  ) as unknown as ConverseRequest;
}
