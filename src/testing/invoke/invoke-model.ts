import { completeAnswer } from "../answers/complete.ts";
import { defaultAnswer } from "../answers/default-answer.ts";
import type { Answer, Call } from "../call.ts";
import { resolveInvokedModel } from "../catalogue/model-id.ts";
import { answerByScript } from "../scripted.ts";
import { dataModelOf, invokeData } from "../data/invoke-data.ts";
import type { Outcome } from "../wire/deliver.ts";
import { CHUNK_FORM, chunkOutcome, JSON_FORM } from "../wire/forms.ts";
import type { Form } from "../wire/forms.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { babble } from "./babble.ts";
import type { Family } from "./family.ts";
import { guardrailMembers } from "./guardrail-members.ts";
import { wakeModel } from "./imported-model.ts";
import { withMetrics } from "./invocation-metrics.ts";
import { readNativeRequest } from "./native-request.ts";
import { readRequestHeaders } from "./request-headers.ts";
import { echoedHeaders, usageHeaders } from "./response-headers.ts";
import type { Written } from "./written.ts";

/** POST /model/{modelId}/invoke */
export function invokeModel(call: Call): Answer {
  return serve(call, JSON_FORM, (family, answer) =>
    jsonOutcome(
      { ...family.whole(answer), ...guardrailMembers(answer) },
      { ...echoedHeaders(call.headers), ...usageHeaders(family, answer) },
    ),
  );
}

/** POST /model/{modelId}/invoke-with-response-stream */
export function invokeModelWithResponseStream(call: Call): Answer {
  return serve(call, CHUNK_FORM, (family, answer) =>
    chunkOutcome(withMetrics(family.chunks?.(answer) ?? [], answer), echoedHeaders(call.headers)),
  );
}

/** Headers, model and body come before the script: what AWS refuses uses no reply up. */
function serve(call: Call, form: Form, write: (family: Family, answer: Written) => Outcome): Answer {
  const { account, modelId } = call;
  const headers = readRequestHeaders(call);
  const model = resolveInvokedModel(modelId);
  wakeModel(account, modelId);
  const data = dataModelOf(model);
  if (data) return invokeData(call, form, data);
  const { family, request, broken, body } = readNativeRequest(call.body, model, form.streaming, headers);
  return answerByScript(
    account,
    form,
    () => (broken === undefined ? defaultAnswer(request, model) : babble(request, broken)),
    (answer) => {
      const response = completeAnswer(answer, request, modelId, account.cachedPrefixes);
      return write(family, { response, request, body, model });
    },
  );
}
