import type { OperationAnswer } from "../bedrock/operations.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import { BedrockOpenAIError } from "../errors.ts";

/** A document's place in the request, and how well it fits the query. */
export interface Score {
  index: number;
  score: number;
}

/** One answer of Rerank's or InvokeModel's, which differ in one name. */
export interface Page {
  scores: readonly Score[];
  nextToken?: string;
}

/** @throws BedrockOpenAIError 502 for a 200 that ranks nothing. */
export function readPage({ text }: OperationAnswer, model: string): Page {
  const { results, nextToken } = parsed(text, model);
  if (!Array.isArray(results)) throw incomplete(model);
  return {
    scores: results.map((result: unknown) => readScore(result, model)),
    ...(typeof nextToken === "string" && nextToken !== "" && { nextToken }),
  };
}

function parsed(text: string, model: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch (cause) {
    throw incomplete(model, cause);
  }
}

function readScore(result: unknown, model: string): Score {
  const { index, relevance_score: native, relevanceScore = native } = isObject(result) ? result : {};
  // JSON has no infinity, but a number may be too large for one that is none.
  if (typeof index !== "number" || typeof relevanceScore !== "number" || !Number.isFinite(relevanceScore))
    throw incomplete(model);
  return { index, score: relevanceScore };
}

/**
 * The best first, of the same score the earlier document.
 * @param wanted As many documents are to be told of.
 * @throws BedrockOpenAIError 502 for fewer, for one twice, and for one that was not in the request.
 */
export function inOrder(
  scores: readonly Score[],
  { wanted, count, model }: { wanted: number; count: number; model: string },
): Score[] {
  const indexes = new Set(scores.map(({ index }) => index));
  const isForeign = scores.some(({ index }) => !(Number.isInteger(index) && index >= 0 && index < count));
  if (isForeign || indexes.size !== scores.length || scores.length < wanted) throw incomplete(model);
  return scores.toSorted((one, other) => other.score - one.score || one.index - other.index).slice(0, wanted);
}

export const incomplete = (model: string, cause?: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(502, `Bedrock did not rank every document for the model '${model}'.`, {
    type: "server_error",
    code: "empty_response",
    cause,
  });
