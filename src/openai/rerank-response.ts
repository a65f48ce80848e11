/** What the rerank endpoint emits: Cohere's form, with the members that Jina's clients read. */
export interface RerankResponse {
  id: string;
  model: string;
  object: "list";
  /** The best first. */
  results: RerankResult[];
  meta: {
    api_version: { version: "2" };
    /** A query with up to a hundred documents is one. Source: Cohere's pricing. */
    billed_units: { search_units: number };
  };
  /** Where Bedrock tells. */
  usage?: { prompt_tokens: number; total_tokens: number };
}

export interface RerankResult {
  /** Of the document in the request. */
  index: number;
  /** Between 0 and 1. */
  relevance_score: number;
  document?: object;
}
