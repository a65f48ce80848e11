import { expect, it } from "vitest";
import { createNotes } from "../../../src/reception/notes.ts";
import { rerankFamilyOf } from "../../../src/rerank/family.ts";
import { toRanking } from "../../../src/rerank/ranking.ts";

const ranking = (more: object, family = "cohere.rerank-v3-5:0") => {
  const notes = createNotes();
  const request = { model: family, query: "q", documents: ["a", "b", "c"], ...more };
  return { ...toRanking(request, rerankFamilyOf(family)!, notes), notes: notes.adjustments };
};

it.each([
  [undefined, 3],
  [null, 3],
  [2, 2],
  [3, 3],
  [10, 3],
])("wants as many results as there are documents at most: top_n %s", (top_n, wanted) => {
  expect(ranking({ top_n }).wanted).toBe(wanted);
  expect(ranking({ top_n }).notes).toEqual([]);
});

it("reads Jina's query", () => {
  expect(ranking({ query: { text: "Paris" } }).query).toBe("Paris");
});

it("keeps Cohere's bound on documents for Cohere, and says where it does not", () => {
  const asked = { max_tokens_per_doc: 512, max_chunks_per_doc: 10, truncation: true };
  const cohere = ranking(asked);
  expect(cohere.own).toEqual({ max_tokens_per_doc: 512 });
  expect(cohere.notes.map(({ param, action }) => [param, action])).toEqual([
    ["max_chunks_per_doc", "dropped"],
    ["truncation", "dropped"],
  ]);
  const amazon = ranking(asked, "amazon.rerank-v1:0");
  expect(amazon.own).toEqual({});
  expect(amazon.notes).toHaveLength(3);
});

it("passes what the caller says the model knows", () => {
  const additionalModelRequestFields = { max_tokens_per_doc: 1, brand_new: [1] };
  expect(ranking({ additionalModelRequestFields }).own).toEqual(additionalModelRequestFields);
});

it.each(["amazon.nova-pro-v1:0", "cohere.embed-v4:0", "", "us.cohere.rerank-v3-5:0"])(
  "ranks with no other family: '%s'",
  (family) => {
    expect(rerankFamilyOf(family)).toBeUndefined();
  },
);
