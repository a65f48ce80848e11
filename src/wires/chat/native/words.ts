import type { JsonObject } from "../../../conversation/types.ts";
import { createTagSplitter, type Piece, type TagSplitter } from "../../../dialects/parts/tag-splitter.ts";

/** What gpt-oss writes before its answer on `bedrock-runtime`. */
export const createThoughtSplitter = (): TagSplitter =>
  createTagSplitter({ open: "<reasoning>", close: "</reasoning>" });

/** Pieces of an answer in the words of a message or of a delta. */
export function inWords(pieces: readonly Piece[]): JsonObject {
  const of = (kind: Piece["kind"]): string =>
    pieces.flatMap((piece) => (piece.kind === kind ? piece.text : [])).join("");
  const content = of("text");
  const reasoning = of("reasoning");
  return { ...(content !== "" && { content }), ...(reasoning !== "" && { reasoning }) };
}

/** A message or delta whose thoughts are found under both names that clients read. */
export function underBothNames(said: JsonObject): JsonObject {
  const { reasoning_content: older, reasoning: newer, ...rest } = said;
  const thoughts = [older, newer].find((text) => typeof text === "string" && text !== "");
  return thoughts === undefined ? rest : { ...rest, reasoning_content: thoughts, reasoning: thoughts };
}
