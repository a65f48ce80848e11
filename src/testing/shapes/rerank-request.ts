import { document, integer, list, map, oneOf, string, structure } from "./shape.ts";
import type { Shape } from "./shape.ts";

const modelArn = string({
  min: 1,
  max: 2048,
  pattern:
    "^(arn:aws(-[^:]+)?:(bedrock|sagemaker):[a-z0-9-]{1,20}:([0-9]{12})?:([a-z-]+/)?)?([a-z0-9.-]{1,63}){0,2}" +
    "(([:][a-z0-9-]{1,63}){0,2})?(/[a-z0-9]{1,12})?$",
});

const text = structure({}, { text: string({ min: 1, max: 32_000, sensitive: true }) });

const source = structure({
  type: oneOf("INLINE"),
  inlineDocumentSource: structure(
    { type: oneOf("TEXT", "JSON") },
    { textDocument: text, jsonDocument: document },
  ),
});

/** RerankRequest. Source: the `bedrock-agent-runtime` service model. */
export const rerankRequest: Shape = structure(
  {
    queries: list(structure({ type: oneOf("TEXT"), textQuery: text }), { min: 1, max: 1 }),
    sources: list(source, { min: 1, max: 1000 }),
    rerankingConfiguration: structure({
      type: oneOf("BEDROCK_RERANKING_MODEL"),
      bedrockRerankingConfiguration: structure(
        {
          modelConfiguration: structure(
            { modelArn },
            { additionalModelRequestFields: map(string({ min: 1, max: 100 }), document) },
          ),
        },
        { numberOfResults: integer({ min: 1, max: 1000 }) },
      ),
    }),
  },
  { nextToken: string({ min: 1, max: 2048, pattern: "^\\S*$" }) },
);
