import type { DocumentInterface } from "@langchain/core/documents";
import { VectorStore } from "@langchain/core/vectorstores";

/** Documents and their vectors in memory, compared one by one: enough for some thousands of them. */
export class MemoryStore extends VectorStore {
  readonly #kept: { vector: number[]; document: DocumentInterface }[] = [];

  _vectorstoreType(): string {
    return "memory";
  }

  async addDocuments(documents: DocumentInterface[]): Promise<void> {
    const vectors = await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent));
    await this.addVectors(vectors, documents);
  }

  async addVectors(vectors: number[][], documents: DocumentInterface[]): Promise<void> {
    this.#kept.push(...vectors.map((vector, index) => ({ vector, document: documents[index]! })));
  }

  async similaritySearchVectorWithScore(query: number[], k: number): Promise<[DocumentInterface, number][]> {
    return this.#kept
      .map(({ vector, document }): [DocumentInterface, number] => [document, closeness(query, vector)])
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, k);
  }
}

// Vectors of Bedrock's models have the length 1, so their product is the cosine of their angle.
const closeness = (one: number[], other: number[]): number =>
  one.reduce((sum, value, index) => sum + value * other[index]!, 0);
