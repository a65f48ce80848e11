import type { JsonObject } from "../../conversation/types.ts";
import type { BodyShape } from "../invoke/body-shape.ts";
import { integer, list, object, string, text } from "../invoke/body-shape.ts";
import { everyMalformed } from "../invoke/malformed.ts";
import type { DataFamily } from "../data/data-family.ts";
import { rank } from "./score.ts";

type Members = Readonly<Record<string, BodyShape>>;

const MAX_DOCUMENTS = 1000;

/** A reranking model, whose body has some members besides those that all of them have. */
export function rerankFamily(
  { name, models }: Pick<DataFamily, "name" | "models">,
  required: Members = {},
  optional: Members = {},
): DataFamily {
  return {
    name,
    models,
    shape: (_, { documents }) =>
      object(
        { query: string({ min: 1 }), documents: list(text, { min: 1, max: MAX_DOCUMENTS }), ...required },
        { top_n: integer({ min: 1, max: Math.max(1, listed(documents).length) }), ...optional },
      ),
    // Source: what Cohere Rerank on Bedrock has been seen to say; the faults are told one after another.
    refuse: everyMalformed,
    answer: ({ query, documents, top_n: topN }) => ({
      body: { results: results(String(query), listed(documents) as string[], topN) },
    }),
  };
}

function results(query: string, documents: readonly string[], topN: unknown): JsonObject[] {
  const wanted = typeof topN === "number" ? topN : documents.length;
  return rank(query, documents)
    .slice(0, wanted)
    .map(({ index, score }) => ({ index, relevance_score: score }));
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
