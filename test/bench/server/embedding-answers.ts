import { DIMENSIONS, TEXTS } from "../questions/embeddings.ts";

/** What the load server answers to InvokeModel: by the beginning of a model's id, its answer. */
export function embeddingAnswers(): ReadonlyMap<string, Uint8Array> {
  const vectors = TEXTS.map((_, index) => vector(index));
  const titan = { embedding: vectors[0], embeddingsByType: { float: vectors[0] }, inputTextTokenCount: 17 };
  const cohere = {
    id: "00000000-0000-4000-8000-000000000000",
    texts: TEXTS,
    embeddings: { float: vectors },
    response_type: "embeddings_by_type",
  };
  return new Map([
    ["amazon", Buffer.from(JSON.stringify(titan))],
    ["cohere", Buffer.from(JSON.stringify(cohere))],
  ]);
}

/** Numbers of 32 bits in the digits of 64, as AWS writes them. */
function vector(seed: number): number[] {
  let state = seed + 1;
  return Array.from({ length: DIMENSIONS }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.fround((state / 2_147_483_647 - 0.5) / 10);
  });
}
