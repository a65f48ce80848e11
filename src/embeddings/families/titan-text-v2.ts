import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { EmbeddingFamily, Settings } from "../family.ts";
import { oneType } from "../one-type.ts";
import { textOf } from "../pieces.ts";

/** Titan Text Embeddings V2. Source: AWS's guide to Titan Embeddings. */
export const TITAN_TEXT_V2: EmbeddingFamily = {
  name: "titan-text-v2",
  models: /^amazon\.titan-embed-text-v/,
  dimensions: [1024, 512, 256],
  batch: 1,
  maxChars: 50_000,
  refusesBlank: true,
  parameters: ["normalize", "embeddingTypes"],
  toBody: ([input], settings) => ({
    inputText: textOf(input),
    ...(settings.dimensions && { dimensions: settings.dimensions }),
    ...settings.own,
    // Named, so that one list of numbers comes for it and is no other's.
    embeddingTypes: [typeOf(settings)],
  }),
  read({ embedding, embeddingsByType, inputTextTokenCount }, settings) {
    const byType = isObject(embeddingsByType) ? embeddingsByType[typeOf(settings)] : undefined;
    return { vectors: [byType ?? embedding], tokens: inputTextTokenCount };
  },
};

const typeOf = ({ own }: Settings): string => oneType(own["embeddingTypes"], "embeddingTypes") ?? "float";
