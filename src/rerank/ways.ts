import type { OperationCall } from "../bedrock/operations.ts";
import { partitionOf } from "../bedrock/models/region.ts";
import type { Place } from "../bedrock/models/target.ts";
import type { CallContext } from "../context.ts";
import type { JsonObject } from "../conversation/types.ts";
import { NO_ATTACHMENTS } from "../http/attachments.ts";
import type { Notes } from "../reception/notes.ts";
import type { RerankFamily } from "./family.ts";
import type { Ranking } from "./ranking.ts";
import { type Source, textOf } from "./sources.ts";

/** Of a text of Rerank's. Source: the `bedrock-agent-runtime` service model. */
const MAX_CHARS = 32_000;

/** What is to be ranked, and how it was asked for. */
interface Asked {
  ranking: Ranking;
  family: RerankFamily;
  /** What InvokeModel is told beside the body. */
  headers: Readonly<Record<string, string>>;
  notes: Notes;
}

const FOUNDATION_ARN = /^arn:[\w-]+:bedrock:[\w-]+::foundation-model\//;

/**
 * The call that ranks. It is Rerank's, which knows objects, unless only InvokeModel will do: where that is asked for by
 * name, where calls are made with an API key, for profiles and other ARNs than a foundation model's, for texts over
 * Rerank's bound, and for a guardrail or whatever else travels in InvokeModel's headers.
 * @throws BedrockOpenAIError 500 where no Region is configured.
 */
export async function toCall(
  { bedrock }: Pick<CallContext, "bedrock">,
  place: Place,
  { ranking, family, headers, notes }: Asked,
): Promise<OperationCall> {
  const hasArn = place.modelId === place.family || FOUNDATION_ARN.test(place.modelId);
  const fits = [ranking.query, ...ranking.sources].every(isShort) && Object.keys(headers).length === 0;
  if (place.invokes || !hasArn || !fits || (await bedrock.keyOnly(place))) {
    return { place, headers, body: toNativeBody(ranking, family, notes), attachments: NO_ATTACHMENTS };
  }
  return {
    place,
    to: { host: "agentRuntime", path: "/rerank" },
    body: toRerankBody(ranking, arnOf(place.modelId, await bedrock.regionOf(place))),
    attachments: NO_ATTACHMENTS,
  };
}

const isShort = (source: Source): boolean => typeof source !== "string" || source.length <= MAX_CHARS;

const arnOf = (modelId: string, region: string): string =>
  modelId.startsWith("arn:")
    ? modelId
    : `arn:${partitionOf(region)}:bedrock:${region}::foundation-model/${modelId}`;

/** Source: the `bedrock-agent-runtime` service model. */
const toRerankBody = ({ query, sources, wanted, own }: Ranking, modelArn: string): JsonObject => ({
  queries: [{ type: "TEXT", textQuery: { text: query } }],
  sources: sources.map((source) => ({ type: "INLINE", inlineDocumentSource: toDocument(source) })),
  rerankingConfiguration: {
    type: "BEDROCK_RERANKING_MODEL",
    bedrockRerankingConfiguration: {
      modelConfiguration: {
        modelArn,
        ...(Object.keys(own).length > 0 && { additionalModelRequestFields: own }),
      },
      numberOfResults: wanted,
    },
  },
});

const toDocument = (source: Source): JsonObject =>
  typeof source === "string"
    ? { type: "TEXT", textDocument: { text: source } }
    : { type: "JSON", jsonDocument: source };

function toNativeBody(
  { query, sources, wanted, own }: Ranking,
  { body }: RerankFamily,
  notes: Notes,
): JsonObject {
  if (sources.some((source) => typeof source !== "string"))
    notes.note("documents", "emulated", "InvokeModel ranks text; objects were written out as lines of it.");
  return { query, documents: sources.map(textOf), top_n: wanted, ...body, ...own };
}
