import type { JsonObject } from "../../conversation/types.ts";
import { validationError } from "../aws-error.ts";
import type { Answer, Call } from "../call.ts";
import { pageOf } from "../control/page.ts";
import { checkBody } from "../invoke/check-body.ts";
import { replyByScript } from "../scripted.ts";
import { readShape } from "../shapes/check-shape.ts";
import { rerankRequest } from "../shapes/rerank-request.ts";
import { JSON_FORM } from "../wire/forms.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { documentTexts, queryText } from "./documents.ts";
import { resolveReranker } from "./model-arn.ts";
import type { RerankRequest } from "./request.ts";
import { rank } from "./score.ts";

/** As many results as one answer holds; fewer than AWS's most, so that clients that forget the rest are caught. */
const PAGE = 500;

/** POST /rerank of `bedrock-agent-runtime`: the scores are those of InvokeModel. */
export function rerank({ account, body, requestId }: Call): Answer {
  const request = readShape(rerankRequest, body ?? {}) as RerankRequest;
  const { numberOfResults = request.sources.length, modelConfiguration } =
    request.rerankingConfiguration.bedrockRerankingConfiguration;
  const query = queryText(request);
  const documents = documentTexts(request);
  if (numberOfResults > documents.length) {
    throw validationError("Cannot provide numberOfResults value that exceeds the number of sources.");
  }
  checkForModel(modelConfiguration, { query, documents }, account.region, requestId);
  const ranked = rank(query, documents).slice(0, numberOfResults);
  const { items, nextToken } = pageOf(ranked, { maxResults: PAGE, nextToken: request.nextToken });
  const results = items.map(({ index, score }) => ({
    index,
    relevanceScore: score,
    document: request.sources[index]?.inlineDocumentSource,
  }));
  return replyByScript(account, JSON_FORM, () => jsonOutcome({ results, ...(nextToken && { nextToken }) }));
}

type ModelConfiguration =
  RerankRequest["rerankingConfiguration"]["bedrockRerankingConfiguration"]["modelConfiguration"];

/** The model behind the operation refuses what it would refuse of InvokeModel, and is quoted. */
function checkForModel(
  { modelArn, additionalModelRequestFields = {} }: ModelConfiguration,
  asked: JsonObject,
  region: string,
  requestId: string,
): void {
  const { model, family } = resolveReranker(modelArn, region);
  const body = { ...additionalModelRequestFields, ...asked };
  // The operation itself says which version of its API it speaks.
  const findings = checkBody(family.shape(model, body), body).filter(
    ({ fault }) => fault.kind !== "required",
  );
  const refused = family.refuse?.(findings);
  if (refused === undefined) return;
  throw validationError(
    `${refused} (Service: BedrockRuntime, Status Code: 400, Request ID: ${requestId}) (SDK Attempt Count: 1)`,
  );
}
