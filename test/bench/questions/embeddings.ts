/** 96 texts to embed, by a family that takes them one by one and by one that takes them at once. */
export interface EmbeddingQuestion {
  model: string;
  format: "float" | "base64";
  texts: readonly string[];
  /** How the raw SDK's caller asks: the bodies, how many calls side by side, and the vectors in an answer. */
  atOnce: number;
  bodies(): object[];
  vectors(answer: Record<string, unknown>): number[][];
}

export const TEXTS = Array.from(
  { length: 96 },
  (_, index) =>
    `Paragraph ${index} of the handbook says what to do when the pump stops for the ${index}th time.`,
);

export const DIMENSIONS = 1024;

const TITAN = {
  atOnce: 1,
  model: "amazon.titan-embed-text-v2:0",
  texts: TEXTS,
  bodies: () => TEXTS.map((inputText) => ({ inputText, embeddingTypes: ["float"] })),
  vectors: ({ embedding }: Record<string, unknown>) => [embedding as number[]],
};

const COHERE = {
  atOnce: 1,
  model: "cohere.embed-multilingual-v3",
  texts: TEXTS,
  bodies: () => [
    { texts: TEXTS, input_type: "search_document", truncate: "END", embedding_types: ["float"] },
  ],
  vectors: ({ embeddings }: Record<string, unknown>) => (embeddings as { float: number[][] }).float,
};

export const EMBEDDING_QUESTIONS = {
  "titan-float": { ...TITAN, format: "float" },
  "titan-float-at-once": { ...TITAN, atOnce: 8, format: "float" },
  "titan-base64": { ...TITAN, format: "base64" },
  "cohere-float": { ...COHERE, format: "float" },
  "cohere-base64": { ...COHERE, format: "base64" },
} satisfies Record<string, EmbeddingQuestion>;

export type EmbeddingName = keyof typeof EMBEDDING_QUESTIONS;
