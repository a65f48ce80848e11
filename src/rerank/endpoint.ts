import type { AskedModel } from "../bedrock/models/resolve.ts";
import { invokeHeaders } from "../bedrock/surfaces/invoke-headers.ts";
import type { CallContext } from "../context.ts";
import { attempts } from "../flow/attempts.ts";
import { explainAll, settle } from "../flow/calls.ts";
import { jsonResponse } from "../http/json.ts";
import { type RerankRequest, rerankRequest } from "../openai/rerank-request.ts";
import type { RerankResponse, RerankResult } from "../openai/rerank-response.ts";
import { decodeInvokeSettings } from "../reception/invoke-settings.ts";
import { createNotes } from "../reception/notes.ts";
import { readRequest } from "../reception/read-request.ts";
import { count } from "../record/count.ts";
import { wrongModel } from "../reception/wrong-model.ts";
import { rerankFamilyOf } from "./family.ts";
import { rank } from "./rank.ts";
import { toRanking } from "./ranking.ts";
import { inOrder, type Score } from "./read-answer.ts";
import { toCall } from "./ways.ts";

/** Documents in a search unit. Source: Cohere's pricing. */
const UNIT = 100;

/** `POST /rerank`. Source: Cohere's API reference, v1 and v2, and Jina's. */
export async function rerank(context: CallContext): Promise<Response> {
  const { request } = await readRequest(context, rerankRequest);
  Object.assign(context.record, { operation: "rerank", request });
  return attempts(context, request, (asked, attempt) => ranked(attempt, request, asked));
}

async function ranked(context: CallContext, request: RerankRequest, asked: AskedModel): Promise<Response> {
  const { documents } = request;
  const place = await context.bedrock.locate(asked, context.signal);
  const family = rerankFamilyOf(place.family);
  if (!family) throw wrongModel(place, "rerank");

  const notes = createNotes();
  const ranking = toRanking(request, family, notes);
  const headers = invokeHeaders(decodeInvokeSettings(request, notes));
  const call = await toCall(context, place, { ranking, family, headers, notes });
  settle(context, notes.adjustments);
  if (context.explain) return explainAll(context, [call]);

  const { wanted } = ranking;
  const { scores, tokens } = await rank(context, call, wanted);
  if (tokens !== undefined) count(context.record, { input: tokens });
  const best = inOrder(scores, { wanted, count: documents.length, model: place.modelId });
  const response: RerankResponse = {
    id: context.newId("rerank-"),
    model: place.modelId,
    object: "list",
    results: best.map((score) => toResult(score, request)),
    meta: {
      api_version: { version: "2" },
      billed_units: { search_units: Math.ceil(documents.length / UNIT) },
    },
    ...(tokens !== undefined && { usage: { prompt_tokens: tokens, total_tokens: tokens } }),
  };
  return jsonResponse(response);
}

function toResult(
  { index, score }: Score,
  { documents, return_documents: wanted }: RerankRequest,
): RerankResult {
  const document = documents[index]!;
  return {
    index,
    relevance_score: score,
    ...(wanted && { document: typeof document === "string" ? { text: document } : document }),
  };
}
