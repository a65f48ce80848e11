import type { JsonObject } from "../../conversation/types.ts";

/** A RerankRequest that has passed its shape. */
export interface RerankRequest {
  queries: [{ textQuery: { text?: string } }];
  sources: { inlineDocumentSource: RerankDocument }[];
  rerankingConfiguration: {
    bedrockRerankingConfiguration: {
      numberOfResults?: number;
      modelConfiguration: { modelArn: string; additionalModelRequestFields?: JsonObject };
    };
  };
  nextToken?: string;
}

export interface RerankDocument {
  type: "TEXT" | "JSON";
  textDocument?: { text?: string };
  jsonDocument?: unknown;
}
