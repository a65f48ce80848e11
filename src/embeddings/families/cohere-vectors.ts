import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { Settings } from "../family.ts";
import { oneType } from "../one-type.ts";

export const typeOf = ({ own }: Settings): string =>
  oneType(own["embedding_types"], "embedding_types") ?? "float";

/** Vectors by type, or as a plain list: which of them comes, AWS's guide and its own example disagree. */
export function cohereVectors(embeddings: unknown, type: string): readonly unknown[] {
  const vectors = isObject(embeddings) ? embeddings[type] : embeddings;
  return Array.isArray(vectors) ? vectors : [];
}
